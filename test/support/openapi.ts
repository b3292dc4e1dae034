import { startApp } from './app.js';

export type CallerKind = 'nobody' | 'user' | 'admin' | 'service';

/** The part of a JSON schema that the document uses. */
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  /** An object whose members are the caller's own business. */
  readonly additionalProperties?: boolean;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly nullable?: boolean;
  readonly required?: readonly string[];
}

/** One operation of the OpenAPI document, with all references resolved. */
export interface Operation {
  /** `POST /v1/users` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** Who may call it, by its `security`. */
  readonly callers: readonly CallerKind[];
  readonly queryParameters: readonly string[];
  readonly body: Schema | null;
  /** Whether it takes a form with a picture, in the field `image`. */
  readonly takesPicture: boolean;
}

let operations: Promise<Operation[]> | undefined;

/** What the running application says of itself at /openapi.json. */
export function readOperations(): Promise<Operation[]> {
  return (operations ??= askForOperations());
}

async function askForOperations(): Promise<Operation[]> {
  const test = await startApp('sqlite');
  try {
    return operationsOf((await test.api.get('/openapi.json')).body);
  } finally {
    await test.close();
  }
}

function operationsOf(document: any): Operation[] {
  const found: Operation[] = [];
  for (const [path, item] of Object.entries<any>(document.paths)) {
    for (const [verb, operation] of Object.entries<any>(item)) {
      const method = verb.toUpperCase();
      const content = operation.requestBody?.content ?? {};
      const body = content['application/json']?.schema;
      found.push({
        name: `${method} ${path}`,
        method,
        path,
        callers: callersOf(path, operation.security ?? document.security ?? [{}]),
        queryParameters: (operation.parameters ?? []).filter((it: any) => it.in === 'query').map((it: any) => it.name),
        body: body ? resolve(body, document) : null,
        takesPicture: 'multipart/form-data' in content && !body,
      });
    }
  }
  return found;
}

function callersOf(path: string, security: readonly object[]): CallerKind[] {
  const schemes = security.flatMap((way) => (Object.keys(way).length === 0 ? ['nobody'] : Object.keys(way)));
  const kinds: CallerKind[] = schemes.map((scheme) => {
    if (scheme === 'nobody' || scheme === 'service') return scheme;
    return path.startsWith('/v1/admin/') ? 'admin' : 'user';
  });
  return [...new Set(kinds)];
}

function resolve(schema: any, document: any): Schema {
  if (schema.$ref) return resolve(document.components.schemas[schema.$ref.split('/').at(-1)], document);
  // Of several ways to say it the first stands for all.
  if (schema.oneOf) return resolve(schema.oneOf[0], document);
  const { allOf = [], properties, items, ...rest } = schema;
  return {
    ...Object.assign({}, ...allOf.map((part: any) => resolve(part, document))),
    ...rest,
    ...(items && { items: resolve(items, document) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, resolve(property, document)]),
      ),
    }),
  };
}
