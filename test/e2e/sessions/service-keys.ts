import { LAPTOP, PASSWORD, type Answer } from '../../support/api.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { adminToken } from '../../support/people.js';
import { ENGINES } from '../../support/stores.js';

const SCOPES = ['login', 'introspect', 'end', 'users'] as const;
type Scope = (typeof SCOPES)[number];

/** By the name of each key; `plain` has no suffix. */
const KEYS = Object.fromEntries(
  ['plain', ...SCOPES, 'master', 'none'].map((name) => [name, `${name}-key-${name}-key-${name}-key-0123456789`]),
) as Record<'plain' | 'master' | 'none' | Scope, string>;

const SETTINGS = {
  SERVICE_KEYS: [
    `plain:${KEYS.plain}`,
    ...SCOPES.map((scope) => `${scope}:${KEYS[scope]};${scope}`),
    `master:${KEYS.master};all+admins`,
    `none:${KEYS.none};admins`,
  ].join(),
  SESSION_LIMIT: 'none',
  ADMIN_USERNAME: ADMIN.username,
  ADMIN_PASSWORD: ADMIN.password,
};

describe.each(ENGINES)('%s: a service key', (engine) => {
  let test: TestApp;
  let admin: { token: string; id: string; sessionId: string };
  beforeAll(async () => {
    test = await startApp(engine, SETTINGS);
    const token = await adminToken(test.api);
    const { user, session } = (await test.api.current(token)).body;
    admin = { token, id: user.id, sessionId: session.id };
  });
  afterAll(() => test.close());

  const as = (key: string, method: string, path: string, body?: object): Promise<Answer> =>
    test.api.call(method, path, { headers: { authorization: `Service ${key}` }, ...(body && { body }) });
  const loginAs = (key: string, id: string) =>
    as(key, 'POST', '/v1/service/sessions', { user: { id }, userAgent: LAPTOP, ipAddress: '203.0.113.7' });
  const lacks = ({ status, body }: Answer, scope: string) =>
    expect({ status, code: body.code, scope: body.scope }).toEqual({
      status: 403,
      code: 'service_scope_required',
      scope,
    });
  const stateOf = async (token: string) => (await test.api.current(token)).body.code ?? 'live';

  async function person() {
    const mobile = `+9198${Math.floor(10_000_000 + Math.random() * 89_999_999)}`;
    const created = await as(KEYS.plain, 'POST', '/v1/users', { mobile, displayName: 'Asha', password: PASSWORD });
    const { token, session } = (await loginAs(KEYS.plain, created.body.id)).body;
    return { id: created.body.id as string, mobile, token: token as string, sessionId: session.id as string };
  }

  /** A person whom somebody has made an administrator while their session was open. */
  async function promoted() {
    const one = await person();
    const role = { token: admin.token, body: { role: 'admin' } };
    await test.api.post('/v1/sessions/current/proof', {
      token: admin.token,
      body: { currentPassword: ADMIN.password },
    });
    expect((await test.api.patch(`/v1/admin/users/${one.id}`, role)).status).toBe(200);
    return one;
  }

  /** Every call that services may make, with the scope that it needs. */
  const calls = (one: {
    id: string;
    mobile: string;
    token: string;
    sessionId: string;
  }): [Scope, string, string, object?][] => [
    ['login', 'POST', '/v1/service/sessions', { user: { id: one.id }, userAgent: LAPTOP, ipAddress: '203.0.113.7' }],
    ['login', 'POST', '/login', { mobile: one.mobile, username: 'Asha', userAgent: LAPTOP }],
    ['introspect', 'POST', '/v1/service/sessions/introspect', { token: one.token }],
    ['introspect', 'POST', '/update', { sessionId: one.sessionId }],
    ['users', 'GET', `/v1/service/users?mobile=${encodeURIComponent(one.mobile)}`],
    ['users', 'GET', `/v1/service/users/${one.id}/sessions`],
    ['users', 'POST', '/v1/users', { mobile: `+9197${Math.floor(10_000_000 + Math.random() * 89_999_999)}` }],
    ['users', 'GET', `/user/${encodeURIComponent(one.mobile)}`],
    ['users', 'GET', `/status?sessionId=${one.sessionId}`],
    ['users', 'GET', '/allSessions'],
    ['users', 'GET', '/allCurrentSessions'],
    ['users', 'GET', `/sessions/${one.sessionId}/actions`],
    ['users', 'POST', `/sessions/${one.sessionId}/actions`, { type: 'page' }],
    ['end', 'DELETE', `/v1/service/sessions/${one.sessionId}`],
    ['end', 'DELETE', `/v1/service/users/${one.id}/sessions`],
    ['end', 'POST', '/logout', { session_id: one.sessionId }],
    ['end', 'POST', '/invalidateSession', { sessionKey: one.sessionId }],
  ];

  it('does what its scopes say, and nothing else', async () => {
    for (const [needed, method, path, body] of calls(await person())) {
      for (const scope of [...SCOPES, 'none'] as const) {
        const answer = await as(KEYS[scope], method, path, body);
        if (scope === needed) expect([path, answer.status, answer.body.code]).not.toContain(403);
        else lacks(answer, needed);
      }
    }
    lacks(await as(KEYS.login, 'DELETE', '/deleteSessions'), 'end');
    lacks(await as(KEYS.users, 'POST', '/createUser', { mobile: '9012345678', username: 'Asha' }), 'login');
    lacks(await as(KEYS.login, 'POST', '/createUser', { mobile: '9012345678', username: 'Asha' }), 'users');
  });

  it('without a suffix does everything with everybody but administrators', async () => {
    for (const [needed, method, path, body] of calls(await person())) {
      const { status, body: answer } = await as(KEYS.plain, method, path, body);
      expect([needed, path, status, answer.code]).not.toContain('service_scope_required');
    }
  });

  it('without the scope logs no administrator in, ends and renews no session of one, and shows them', async () => {
    const one = await promoted();
    const refused = new Set<string>();
    for (const [, method, path, body] of calls(one)) {
      const answer = await as(KEYS.plain, method, path, body);
      if (answer.body.code === 'service_scope_required') {
        lacks(answer, 'admins');
        refused.add(`${method} ${path}`);
      } else expect(answer.status).toBeLessThan(300);
    }
    expect([...refused].sort()).toEqual(
      [
        'POST /v1/service/sessions',
        'POST /login',
        'POST /update',
        `DELETE /v1/service/sessions/${one.sessionId}`,
        `DELETE /v1/service/users/${one.id}/sessions`,
        'POST /logout',
        'POST /invalidateSession',
      ].sort(),
    );
    expect(await stateOf(one.token)).toBe('live');
    const shown = await as(KEYS.introspect, 'POST', '/v1/service/sessions/introspect', { token: one.token });
    expect(shown.body).toMatchObject({ active: true, user: { id: one.id } });
  });

  it('with the scope does all of that', async () => {
    const one = await promoted();
    const { token } = (await loginAs(KEYS.master, one.id)).body;
    expect(await stateOf(token)).toBe('live');
    expect((await as(KEYS.master, 'DELETE', `/v1/service/sessions/${one.sessionId}`)).status).toBe(204);
    expect((await as(KEYS.master, 'DELETE', `/v1/service/users/${one.id}/sessions`)).body.ended).toBeGreaterThan(0);
    expect([await stateOf(token), await stateOf(one.token)]).toEqual([
      'session_revoked_by_service',
      'session_revoked_by_service',
    ]);
  });

  it('that ends all sessions passes over administrators without the scope', async () => {
    const [one, boss] = [await person(), await promoted()];
    expect((await as(KEYS.end, 'DELETE', '/deleteSessions')).status).toBe(200);
    expect(await Promise.all([one.token, boss.token, admin.token].map(stateOf))).toEqual([
      'session_revoked_by_service',
      'live',
      'live',
    ]);
  });

  it('opens sessions that are no administrator’s until their holder proves themselves, whenever the role came', async () => {
    const before = await promoted();
    const after = (await loginAs(KEYS.master, before.id)).body.token as string;
    const others = await person();
    for (const token of [before.token, after]) {
      expect((await test.api.get('/v1/admin/users', { token })).body).toMatchObject({
        status: 403,
        code: 'fresh_proof_required',
        accepts: ['password', 'code'],
      });
      expect((await test.api.delete(`/v1/sessions/${others.sessionId}`, { token })).body.code).toBe(
        'session_not_found',
      );
      expect((await test.api.delete('/deleteSessions', { token })).body.code).toBe('fresh_proof_required');
      const seen: { userId: string }[] = (await test.api.get('/allSessions', { token })).body;
      expect(seen.every(({ userId }) => userId === before.id)).toBe(true);
      expect((await test.api.prove(token)).status).toBe(200);
      expect((await test.api.get('/v1/admin/users', { token })).status).toBe(200);
    }
    expect(await stateOf(others.token)).toBe('live');
  });
});

describe.each(ENGINES)('%s: a service key under ask', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, { ...SETTINGS, SESSION_LIMIT: '1', SESSION_ON_LIMIT: 'ask' });
  });
  afterAll(() => test.close());

  it('gives a ticket that lets in nobody who has become an administrator meanwhile', async () => {
    const service = { authorization: `Service ${KEYS.plain}` };
    const created = await test.api.post('/v1/users', { headers: service, body: { mobile: '9012345678' } });
    const body = { user: { id: created.body.id }, userAgent: LAPTOP, ipAddress: '203.0.113.7' };
    const login = () => test.api.post('/v1/service/sessions', { headers: service, body });
    const { session } = (await login()).body;
    const { ticket } = (await login()).body.takeover;
    const role = { token: await adminToken(test.api), body: { role: 'admin' } };
    expect((await test.api.patch(`/v1/admin/users/${created.body.id}`, role)).status).toBe(200);
    const takeover = await test.api.post('/v1/sessions/takeover', { body: { ticket, end: [session.id] } });
    expect(takeover.body).toMatchObject({ status: 403, code: 'service_scope_required', scope: 'admins' });
  });
});
