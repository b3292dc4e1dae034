import type { Operation, Schema } from './openapi.js';
import type { GoodRequest } from './people.js';
import { share } from './tier.js';

/** A request with one thing wrong in it. */
export interface Attack {
  readonly name: string;
  /** With the query. */
  readonly path: string;
  readonly body?: string | Buffer;
  /** Null sends none. */
  readonly contentType?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where it has to be exactly this one, not any 4xx. */
  readonly status?: number;
}

const BIG = 20_000;

/** How the service reads a body: what stands in the way of an attack before the operation itself does. */
function bodyKindOf({ method, path, body, takesPicture }: Operation): 'unread' | 'form' | 'large' | 'json' | 'empty' {
  if (method === 'GET') return 'unread';
  if (takesPicture) return 'form';
  // Two calls of an earlier API take pictures within their JSON.
  if (/^\/api\/(auth\/update-profile|messages\/send)/.test(path)) return 'large';
  return body ? 'json' : 'empty';
}

/** What the operation itself refuses, by its path, its query and its fields. It may reach the store. */
export function inputAttacks(operation: Operation, good: GoodRequest): Attack[] {
  return [
    ...idAttacks(operation, good),
    ...queryAttacks(operation, good),
    // A GET has no body: what is sent with it is not read.
    ...(operation.method === 'GET' ? [] : memberAttacks(operation, good)),
  ];
}

/** What is refused before the operation has a say. As many for each operation of a kind of body, in the same order. */
export function parserAttacks(operation: Operation, good: GoodRequest): Attack[] {
  return [
    ...['%', '%zz', '/%C0%AF', '/%ED%A0%80'].map((end) => ({ name: `path end ${end}`, path: good.path + end })),
    ...undeclaredQueries(operation, good),
    ...headerAttacks(good),
    ...(operation.method === 'GET' ? [] : bodyAttacks(operation, good)),
  ];
}

/** In the quick tier the operations with the same kind of body share them, so that each attack meets each kind. */
export function shareOf(operation: Operation, operations: readonly Operation[], attacks: readonly Attack[]) {
  const alike = operations.filter((other) => bodyKindOf(other) === bodyKindOf(operation));
  return share(attacks, alike.indexOf(operation), Math.min(alike.length, attacks.length));
}

export function withQuery({ path, query }: GoodRequest, more = ''): string {
  const all = [query, more].filter(Boolean).join('&');
  return all ? `${path}?${all}` : path;
}

function idAttacks({ path: pattern }: Operation, good: GoodRequest): Attack[] {
  const words = ['x', '', '%20', '1', 'null', 'undefined', '__proto__', 'constructor', 'a'.repeat(300)];
  const codes = ['%00', '..%2f..%2f', '%7B%22$ne%22:%22%22%7D', '[object%20Object]', '%F0%9F%92%A9'];
  const parameters = [...pattern.matchAll(/\{\w+\}/g)];
  const places = parameters.map(([parameter]) => good.path.split('/').at(pattern.split('/').indexOf(parameter)) ?? '');
  return places.flatMap((value) =>
    [...words, ...codes, `${value}%00`, `${value}'--`, `${value},${value}`].map((id) => ({
      name: `path id ${id.slice(0, 40)}`,
      path: withQuery({ ...good, path: good.path.replace(value, id) }),
    })),
  );
}

function queryAttacks(operation: Operation, good: GoodRequest): Attack[] {
  return [
    queried('role=admin', operation, good),
    ...operation.queryParameters.flatMap((name) =>
      [
        ...['', '%00', 'x'.repeat(5000)].map((it) => `${name}=${it}`),
        // A search looks for whatever text it is given, and what cannot be decoded stays as it stands.
        ...(name === 'query' ? [] : ['%zz', '%ED%A0%80', '{"$ne":""}', '__proto__']).map((it) => `${name}=${it}`),
        ...[`${name}[$ne]=1`, `${name}[]=1`, `${name}[0]=1`, `${name}=1&${name}=1`, `${name}=live&${name}=live`],
        ...[`${name}=true&${name}=true`, `${name}=current&${name}=current`, `${name}.x=1`],
      ].map((query) => queried(query, operation, { ...good, query: '' })),
    ),
  ];
}

function undeclaredQueries(operation: Operation, good: GoodRequest): Attack[] {
  return ['id=1', 'isAdmin=true', 'a[$ne]=1', '$where=1', 'a[b][c]=1', '%zz=1', '%00=1', '__proto__=1']
    .concat(['__proto__[role]=admin', 'constructor=1', 'constructor[prototype][a]=1', 'toString=1', 'a=1&a=2'])
    .concat(['x'.repeat(5000)])
    .map((query) => queried(query, operation, good));
}

function queried(query: string, { body: schema }: Operation, good: GoodRequest): Attack {
  const sent = schema ? { body: JSON.stringify(good.body), contentType: 'application/json' } : {};
  return { name: `query ${query.slice(0, 40)}`, path: withQuery(good, query), ...sent };
}

function headerAttacks(good: GoodRequest): Attack[] {
  const path = withQuery(good);
  return [
    { name: 'huge header', path, headers: { 'x-padding': 'a'.repeat(BIG) }, status: 431 },
    { name: 'huge cookie', path, headers: { cookie: `session=${'a'.repeat(BIG)}` }, status: 431 },
  ];
}

function jsonAttack(good: GoodRequest, name: string, body: string, status?: number): Attack {
  return { name, path: withQuery(good), body, contentType: 'application/json', ...(status && { status }) };
}

const DEEP = [
  ['33 levels deep', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`],
  ['50,000 arrays deep', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
  ['60,000 levels deep', `${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`],
] as const;

function bodyAttacks(operation: Operation, good: GoodRequest): Attack[] {
  const json = (name: string, body: string, status?: number) => jsonAttack(good, name, body, status);
  const bytes = bodyKindOf(operation) === 'large' ? 13_000_000 : 1_000_000;
  return [
    ...['[]', '[{}]', '1', '"text"', 'true', 'null'].map((text) => json(`body ${text}`, text)),
    ...['{', '{"a":', "{'a':1}", '{"a":1}x', 'undefined', '\0', '{"a":\u0001}', '{"a":NaN}'].map((text) =>
      json(`malformed ${JSON.stringify(text)}`, text),
    ),
    ...DEEP.map(([name, text]) => json(name, text)),
    json('too long', `{"padding":"${'a'.repeat(bytes)}"}`, 413),
    ...REFUSED_MEMBERS.map((member) => json(`member ${member}`, addMember(good.body, member))),
    ...wrongTypes(good),
  ];
}

function memberAttacks({ body: schema }: Operation, good: GoodRequest): Attack[] {
  const unknown = unknownMembers(schema).map((member) =>
    jsonAttack(good, `member ${member}`, addMember(good.body, member)),
  );
  return [...unknown, ...fieldAttacks(schema, good)];
}

/** JSON texts, for an object literal cannot hold `__proto__`. */
const REFUSED_MEMBERS = ['"__proto__":{"role":"admin"}', '"__proto__":1', '"constructor":"x"', '"constructor":{}']
  .concat(['"constructor":{"prototype":{"role":"admin"}}', '"prototype":{}', '"toString":"x"', '"then":"x"'])
  .concat(['"length":1', '"hasOwnProperty":1', '"$where":"1"', '"$set":{"role":"admin"}', '"a.b":1', '"":1'])
  .concat(['"\\u0000":1', '"\\ud800":1', '"isAdmin":true', '"passwordHash":"x"', '"credentialVersion":1'])
  .concat(['"lockedAt":null']);

function unknownMembers(schema: Schema | null): string[] {
  const names = ['role', 'id', 'userId', 'ip'];
  return names.filter((name) => !schema?.properties?.[name]).map((name) => `"${name}":"admin"`);
}

function addMember(body: object, member: string): string {
  const text = JSON.stringify(body);
  return text === '{}' ? `{${member}}` : `${text.slice(0, -1)},${member}}`;
}

function fieldAttacks(schema: Schema | null, good: GoodRequest): Attack[] {
  return Object.entries(schema?.properties ?? {}).flatMap(([field, property]) => {
    const required = schema?.required?.includes(field) && !property.nullable;
    const { [field]: value, ...rest } = good.body;
    return [...wrongValues(property, value), ...(required ? ['null'] : [])].map((text) =>
      jsonAttack(good, `${field}: ${text.slice(0, 60)}`, addMember(rest, `"${field}":${text}`)),
    );
  });
}

/** JSON texts of what the field must not take; null says "absent" where a field may be absent. */
function wrongValues(schema: Schema, good: unknown): string[] {
  const text = JSON.stringify(good);
  const operators = ['{"$ne":""}', '{"$gt":""}', '{"$regex":".*"}', '{"__proto__":{}}', '{"constructor":{}}'];
  const common = [...operators, '[]', '[{"$ne":""}]', '{"toString":"x"}', '{"length":20}', '1e999'];
  switch (schema.type) {
    case 'boolean':
      return [...common, '"true"', '""', '1', '0', `[${text}]`];
    case 'number':
    case 'integer':
      return [...common, `"${text}"`, '""', 'true', `[${text}]`, '-1', '1.5'];
    case 'array': {
      const [item] = Array.isArray(good) ? good : [];
      const items = schema.items ? wrongValues(schema.items, item).map((wrong) => `[${wrong}]`) : [];
      return [...operators, ...items, '"x"', '1', 'true', `[${text}]`, `{"0":${JSON.stringify(item)},"length":1}`];
    }
    case 'object': {
      if (schema.additionalProperties) return wrongFreeObjects(text);
      const members = [...REFUSED_MEMBERS, ...unknownMembers(schema)].map((it) => addMember(good as object, it));
      return [...common, ...members, '"x"', '1', 'true', '{}', `[${text}]`, `[${text},${text}]`, `{"0":${text}}`];
    }
    default: {
      const spoilt = ['\\u0000', '\\ud800', '\\udfff'].map((bad) => `"text${bad}"`);
      return [...common, ...spoilt, '1', 'true', `[${text}]`, `["x","y"]`, `"${'x'.repeat(10_000)}"`];
    }
  }
}

/** Any members will do, but for what no JSON of ours may hold. */
function wrongFreeObjects(good: string): string[] {
  const names = ['{"__proto__":{}}', '{"constructor":{}}', '{"a":{"toString":"x"}}', '{"a":[{"__proto__":1}]}'];
  const text = ['{"\\u0000":1}', '{"a":"text\\ud800"}', '{"a":["\\udfff"]}'];
  const deep = `${'{"a":'.repeat(20)}1${'}'.repeat(20)}`;
  const other = ['[]', '"x"', '1', 'true', '1e999', `[${good}]`, deep, `{"a":"${'x'.repeat(10_000)}"}`];
  return [...names, ...text, ...other];
}

function wrongTypes(good: GoodRequest): Attack[] {
  const path = withQuery(good);
  const body = JSON.stringify(good.body);
  const form = 'identifier=a&password=b&role=admin';
  const part = '--x\r\nContent-Disposition: form-data; name="role"\r\n\r\nadmin\r\n--x--\r\n';
  return [
    { name: 'text/plain', path, contentType: 'text/plain', body },
    { name: 'form-urlencoded', path, contentType: 'application/x-www-form-urlencoded', body: form },
    { name: 'multipart', path, contentType: 'multipart/form-data; boundary=x', body: part },
    { name: 'xml', path, contentType: 'application/xml', body: '<a/>' },
    { name: 'a malformed content type', path, contentType: 'json', body },
    { name: 'an empty content type', path, contentType: '', body },
    { name: 'no content type', path, contentType: null, body },
    { name: 'bytes that are no text', path, contentType: null, body: Buffer.from([0xff, 0xfe, 0x00, 0x80]) },
  ];
}
