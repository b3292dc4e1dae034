import { readdirSync, readFileSync } from 'node:fs';
import { END_REASONS, IDENTIFIER_KINDS } from '../../../src/accounts/index.js';
import { startApp, type TestApp } from '../../support/app.js';
import { brokenLinksIn, pagesLinkedFrom, proseOf } from '../../support/markdown.js';

/** The part of an operation that everybody who reads the document needs. */
interface Operation {
  summary?: string;
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; schema?: object; description?: string }[];
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}

describe('the documentation', () => {
  let test: TestApp;
  let document: any;
  beforeAll(async () => {
    test = await startApp('sqlite');
    document = (await test.api.get('/openapi.json')).body;
  });
  afterAll(() => test.close());

  const operations = () =>
    Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, ...operation })),
    );
  const faulty = (isFaulty: (operation: ReturnType<typeof operations>[number]) => boolean) =>
    operations()
      .filter(isFaulty)
      .map(({ name }) => name);

  it('names every call of the contract', () => {
    expect(operations().map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'POST /v1/users',
        'GET /v1/users/me',
        'PATCH /v1/users/me',
        'DELETE /v1/users/me',
        'DELETE /v1/users/me/deletion',
        'GET /v1/users/me/export',
        'DELETE /v1/users/me/export',
        'POST /v1/sessions/current/activities',
        'GET /v1/sessions/{id}/activities',
        'GET /v1/admin/sessions/{id}/activities',
        'PUT /v1/users/me/password',
        'GET /v1/users/{id}',
        'PUT /v1/users/me/avatar',
        'DELETE /v1/users/me/avatar',
        'GET /v1/images/{id}',
        'GET /v1/images/{id}/{size}',
        'POST /v1/sessions',
        'POST /v1/sessions/takeover',
        'GET /v1/sessions',
        'GET /v1/sessions/current',
        'POST /v1/sessions/current/refresh',
        'DELETE /v1/sessions/current',
        'DELETE /v1/sessions/{id}',
        'DELETE /v1/sessions',
        'POST /v1/service/sessions',
        'POST /v1/service/sessions/introspect',
        'DELETE /v1/service/sessions/{id}',
        'GET /v1/service/users/{id}/sessions',
        'DELETE /v1/service/users/{id}/sessions',
        'GET /v1/service/users',
        'GET /v1/devices',
        'PATCH /v1/devices/{id}',
        'DELETE /v1/devices/{id}',
        'GET /v1/notifications',
        'PATCH /v1/notifications/{id}',
        'POST /v1/notifications/read-all',
        'GET /v1/contacts',
        'GET /v1/messages',
        'POST /v1/messages',
        'POST /v1/messages/read',
        'PATCH /v1/admin/users/{id}',
        'POST /createUser',
        'GET /user/{mobile}',
        'POST /login',
        'POST /invalidateSession',
        'GET /health/live',
        'GET /health/ready',
      ]),
    );
  });

  it('says of every call what it is for, who may call it, and what it answers', () => {
    expect(faulty(({ summary = '' }) => summary.length < 5)).toEqual([]);
    expect(faulty(({ security = [] }) => security.length === 0)).toEqual([]);
    const success = (status: string) => status.startsWith('2');
    expect(faulty(({ responses }) => Object.keys(responses).filter(success).length === 0)).toEqual([]);
    const hasBody = ([status, { content }]: [string, Operation['responses'][string]]) =>
      ['204', '304'].includes(status) || content;
    expect(faulty(({ responses }) => !Object.entries(responses).every(hasBody))).toEqual([]);
  });

  it('knows each security scheme that a call names', () => {
    const schemes = Object.keys(document.components.securitySchemes);
    const named = operations().flatMap(({ security = [] }) => security.flatMap((way) => Object.keys(way)));
    expect([...new Set(named)].sort()).toEqual([...schemes].sort());
  });

  it('describes errors as problem+json, with their codes; the 409 of an earlier API alone is as it was', () => {
    const isError = (status: string) => Number(status) >= 400;
    expect(
      faulty(({ responses }) =>
        Object.entries(responses).some(
          ([status, { content = {}, description }]) =>
            isError(status) && !('application/problem+json' in content && description.includes('_')),
        ),
      ),
    ).toEqual(['POST /login']);
    expect(document.components.schemas.ProblemView.properties).toHaveProperty('code');
  });

  it.each([
    ['post', '/v1/users', [400, 401, 409, 429, 503]],
    ['patch', '/v1/users/me', [400, 401, 403, 409, 429, 503]],
    ['put', '/v1/users/me/password', [400, 401, 403, 429, 503]],
    ['get', '/v1/users/{id}', [400, 401, 404]],
    ['put', '/v1/users/me/avatar', [400, 401, 413, 415, 422, 503]],
    ['get', '/v1/images/{id}', [400, 401, 404, 503]],
    ['get', '/v1/devices', [400, 401]],
    ['post', '/v1/sessions', [400, 401, 409, 429, 503]],
    ['post', '/v1/sessions/takeover', [400, 401, 404, 409]],
    ['delete', '/v1/sessions/{id}', [401, 404]],
    ['patch', '/v1/notifications/{id}', [400, 401, 404, 409]],
    ['post', '/v1/messages', [400, 401, 404, 422, 429]],
    ['post', '/v1/messages/read', [400, 401, 404]],
    ['post', '/v1/service/sessions', [400, 401, 403, 404, 409]],
    ['post', '/createUser', [400, 401, 409]],
    ['post', '/login', [400, 401, 403, 404, 409]],
    ['post', '/invalidateSession', [400, 401, 404]],
  ])('names the refusals of %s %s', (method, path, statuses) => {
    expect(Object.keys(document.paths[path][method].responses)).toEqual(expect.arrayContaining(statuses.map(String)));
  });

  const problemOf = (method: string, path: string, status: number) => {
    const { schema } = document.paths[path][method].responses[status].content['application/problem+json'];
    return document.components.schemas[schema.$ref.split('/').at(-1)];
  };
  const membersOf = (schema: any): string[] => [
    ...Object.keys(schema.properties ?? {}),
    ...(schema.allOf ?? []).flatMap((part: any) =>
      membersOf(part.$ref ? document.components.schemas[part.$ref.split('/').at(-1)] : part),
    ),
  ];

  it('says what problems carry beyond the usual', () => {
    expect(membersOf(problemOf('get', '/v1/sessions/current', 401))).toEqual(
      expect.arrayContaining(['code', 'requestId', 'endedAt', 'endedBy']),
    );
    for (const path of ['/v1/sessions', '/v1/sessions/takeover', '/v1/service/sessions']) {
      expect(membersOf(problemOf('post', path, 409))).toEqual(expect.arrayContaining(['code', 'sessions', 'takeover']));
    }
  });

  it.each(['/v1/sessions', '/v1/sessions/takeover'])('says of %s how a native client shows its device', (path) => {
    const parameters: Operation['parameters'] = document.paths[path].post.parameters;
    const headers = parameters?.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
    expect(headers).toEqual(['X-Device-Id', 'X-Device-Secret']);
  });

  it('has every error code in docs/reference/errors.md, and none beside', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'),
    );
    const source = files.map((file) => readFileSync(`src/${file}`, 'utf8')).join('\n');
    const thrown = [...source.matchAll(/(?:super|AppError)\(\s*'([a-z_]+)'|\b(?:\d{3}|code): '([a-z_]+)'/g)];
    const codes = [
      ...thrown.map(([, thrownCode, statusCode]) => thrownCode ?? statusCode!),
      ...END_REASONS.map((reason) => `session_${reason}`),
      ...IDENTIFIER_KINDS.map((kind) => `${kind}_taken`),
    ];
    const rows = readFileSync('docs/reference/errors.md', 'utf8').matchAll(/^\| +\d{3} +\| (`[^|]+) \|/gm);
    const listed = [...rows].flatMap(([, cell]) => [...cell!.matchAll(/`(\w+)`/g)].map(([, code]) => code));
    expect([...listed].sort()).toEqual([...new Set(codes)].sort());
    expect(document.info.description).toContain('docs/reference/errors.md');
  });

  it('leaves no reference open', () => {
    const text = JSON.stringify(document);
    const names = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) expect(document.components.schemas).toHaveProperty(name);
  });

  /** The body that the page at /docs puts into its form. */
  function exampleBody(path: string): Record<string, unknown> {
    const { schema, examples } = document.paths[path].post.requestBody.content['application/json'];
    if (examples) return Object.values<{ value: Record<string, unknown> }>(examples)[0]!.value;
    const { $ref } = schema.oneOf?.[0] ?? schema;
    const { properties } = document.components.schemas[$ref.split('/').at(-1)];
    return Object.fromEntries(
      Object.entries<any>(properties).map(([name, property]) => [name, property.example ?? property.default]),
    );
  }

  it('has examples that work as they stand: create a person, then log in', async () => {
    const person = exampleBody('/v1/users');
    expect(Object.values(person)).not.toContain(undefined);
    const created = await test.api.post('/v1/users', { body: person });
    expect(created).toMatchObject({ status: 201, body: { mobile: '+919012345678' } });
    const login = await test.api.post('/v1/sessions', { body: exampleBody('/v1/sessions') });
    expect(login).toMatchObject({ status: 201, body: { user: { id: created.body.id } } });
    const service = await test.api.post('/v1/service/sessions', {
      service: true,
      body: exampleBody('/v1/service/sessions'),
    });
    expect(service).toMatchObject({ status: 201, body: { user: { id: created.body.id } } });
  });

  it('shows a page whose every script and style is served from here', async () => {
    const page = await test.api.get('/docs');
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('Oneseat API') });
    const sources = [...(page.body as string).matchAll(/<(?:script|link)[^>]*(?:src|href)="([^"]+)"/g)].map(
      ([, source]) => new URL(source!, `${test.url}/docs`),
    );
    expect(sources.length).toBeGreaterThanOrEqual(4);
    for (const { origin, pathname } of sources) {
      expect(origin).toBe(test.url);
      const { status, headers, body } = await test.api.get(pathname);
      const type = pathname.endsWith('.js') ? 'javascript' : pathname.endsWith('.css') ? 'css' : 'image';
      expect({ pathname, status }).toEqual({ pathname, status: 200 });
      expect(headers.get('content-type')).toContain(type);
      expect(body.length).toBeGreaterThan(100);
    }
  });
});

describe('the pages', () => {
  const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`);

  it('stand in the folders that docs/README.md describes, with something in each', () => {
    const folders = ['concepts', 'decisions', 'extras', 'guides', 'inside', 'operate', 'reference', 'start'];
    const filled = pages.map((page) => page.split('/')[1]!).filter((name) => name !== 'README.md');
    expect([...new Set(filled)].sort()).toEqual(folders);
  });

  it('are none of them empty', () => {
    expect(pages.filter((page) => proseOf(page).length < 100)).toEqual([]);
  });

  it('lead somewhere with every link, the README and the changelog too', () => {
    const broken = ['README.md', 'CHANGELOG.md', ...pages].flatMap((page) =>
      brokenLinksIn(page).map((link) => `${page}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('are all listed in docs/README.md, the decisions as a folder', () => {
    const listed = pagesLinkedFrom('docs/README.md');
    const missing = pages.filter((page) => !listed.includes(page) && !page.startsWith('docs/decisions/'));
    expect(missing).toEqual(['docs/README.md']);
    expect(listed).toContain('docs/decisions/');
  });

  it('have every setting in docs/reference/settings.md and .env.example, and none beside', () => {
    const namesIn = (file: string, line: RegExp) =>
      [...readFileSync(file, 'utf8').matchAll(line)].map(([, name]) => name!).sort();
    const settings = namesIn('src/config/environment.ts', /^ {2}([A-Z][A-Z0-9_]*)\??:/gm);
    expect(settings.length).toBeGreaterThan(30);
    expect(namesIn('docs/reference/settings.md', /^\| `([A-Z0-9_]+)`/gm)).toEqual(settings);
    expect(namesIn('.env.example', /^#([A-Z0-9_]+)=/gm)).toEqual(settings);
  });
});
