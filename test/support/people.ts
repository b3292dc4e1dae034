import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { PASSWORD, PHONE, type Api } from './api.js';
import { Accounts } from '../../src/accounts/index.js';
import { PersonalData } from '../../src/personal-data/index.js';
import { ADMIN, SERVICE_KEY, type TestApp } from './app.js';
import { deciding } from './records.js';
import type { CallerKind, Operation, Schema } from './openapi.js';

/** A person with a laptop, a phone, a notice about it, an open takeover ticket and a message to a contact. Needs `PEOPLE_SETTINGS`. */
export interface Person {
  readonly id: string;
  readonly mobile: string;
  readonly email?: string;
  readonly displayName: string;
  /** The laptop's. */
  readonly token: string;
  readonly otherSessionId: string;
  readonly otherDeviceId: string;
  readonly noticeId: string;
  readonly ticket: string;
  readonly contactId?: string;
  readonly messageId?: string;
  /** A webhook beside them and its dead delivery, where there is one: see `withWebhook`. */
  readonly webhookId?: string;
  readonly deliveryId?: string;
  /** Their profile picture, where they have one: see `withPicture`. */
  readonly imageId?: string;
}

export const PEOPLE_SETTINGS = {
  SESSION_LIMIT: '2',
  SESSION_ON_LIMIT: 'ask',
  ADMIN_USERNAME: ADMIN.username,
  ADMIN_PASSWORD: ADMIN.password,
};

export async function newPerson(api: Api): Promise<Person> {
  const displayName = 'Somebody';
  const email = `${randomBytes(8).toString('hex')}@example.com`;
  const { id, mobile } = await api.createUser({ displayName, email });
  // By a service: a password costs its hash at each login.
  const laptop = (await api.provedLogin(id)).body;
  const phone = (await api.serviceLogin(id, { userAgent: PHONE })).body;
  const asked = (await api.serviceLogin(id, { userAgent: 'SomeTablet/1.0' })).body;
  const contact = await api.createUser();
  const message = { to: contact.id, text: 'Hello' };
  const sent = (await api.post('/v1/messages', { token: laptop.token, body: message })).body;
  const notices = await api.inbox(laptop.token, (kinds) => kinds.length === 2);
  return {
    id,
    mobile,
    email,
    displayName,
    token: laptop.token,
    otherSessionId: phone.session.id,
    otherDeviceId: phone.session.device.id,
    noticeId: notices.find(({ kind }) => kind === 'new_device')?.id ?? '',
    ticket: asked.takeover.ticket,
    contactId: contact.id,
    messageId: sent.id,
  };
}

/** Every device of the person is settled, as it is by a code to a settled channel. */
export async function settleDevices({ app }: TestApp, userId: string): Promise<void> {
  const settle = deciding((draft) => {
    for (const device of draft.account.devices) draft.putDevice({ ...device, confirmedAt: draft.now });
  });
  await app.get(Accounts, { strict: false }).change(userId, settle);
}

export async function adminToken(api: Api): Promise<string> {
  return (await api.login(ADMIN.username, 'AdminConsole/1.0', { password: ADMIN.password })).body.token;
}

/** What is kept of a person, without what any use of a session moves on: times, and the order of devices. */
export async function snapshotOf({ app }: TestApp, userId: string): Promise<unknown> {
  const moving = ['lastSeenAt', 'idleExpiresAt'];
  const still = (name: string, value: unknown): unknown => (moving.includes(name) ? undefined : value);
  const kept: [name: string, items: unknown][] = [];
  for (const source of app.get(PersonalData, { strict: false }).sources) {
    // They follow the commit, and nothing tells when.
    if (!source.export || source.name === 'activities') continue;
    const found = source.export(userId);
    const items = Symbol.asyncIterator in found ? await everyOne(found) : [await found];
    kept.push([source.name, items.map((item) => JSON.stringify(item, still)).sort()]);
  }
  return Object.fromEntries(kept);
}

async function everyOne(found: AsyncIterable<object>): Promise<object[]> {
  const items: object[] = [];
  for await (const item of found) items.push(item);
  return items;
}

export function headersOf(caller: CallerKind, person: Person, admin: string): Record<string, string> {
  if (caller === 'nobody') return {};
  if (caller === 'service') return { authorization: `Service ${SERVICE_KEY}` };
  return { authorization: `Bearer ${caller === 'admin' ? admin : person.token}` };
}

/** A request of that operation which the service would grant. */
export interface GoodRequest {
  readonly method: string;
  readonly path: string;
  /** Without `?`. */
  readonly query: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export function goodRequest(
  { name, method, path, body, callers }: Operation,
  person: Person,
  caller = callers[0],
): GoodRequest {
  // A claim code goes to whoever holds the contact: without one the person is created unverified.
  const claim = name === 'POST /v1/users' ? ['code', 'request'] : [];
  const fields = Object.entries(body?.properties ?? {}).filter(([field]) => !claim.includes(field));
  const values = valuesFor(person);
  const chosen = unionBody(name, person, caller);
  return {
    method,
    path: path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => pathValue(path, parameter, person)),
    query: queryOf(name, person),
    body: chosen ?? Object.fromEntries(fields.map(([field, schema]) => [field, values[field] ?? exampleOf(schema)])),
  };
}

function queryOf(name: string, { mobile, contactId = '', otherSessionId }: Person): string {
  if (name === 'GET /v1/service/users') return `mobile=${encodeURIComponent(mobile)}`;
  if (name === 'GET /status') return `sessionId=${otherSessionId}`;
  return name === 'GET /v1/messages' ? `with=${contactId}` : '';
}

function pathValue(path: string, parameter: string, person: Person): string {
  if (parameter === 'mobile') return person.mobile;
  if (parameter === 'role') return 'user';
  if (parameter === 'size') return '256';
  if (/\/sessions\/\{/.test(path)) return person.otherSessionId;
  if (/\/devices\/\{/.test(path)) return person.otherDeviceId;
  if (/\/notifications\/\{/.test(path)) return person.noticeId;
  if (parameter === 'deliveryId') return person.deliveryId ?? person.id;
  if (/\/webhooks\/\{/.test(path)) return person.webhookId ?? person.id;
  if (/\/images\/\{/.test(path)) return person.imageId ?? person.id;
  if (/\/messages\/.*\{/.test(path)) return person.contactId ?? person.id;
  return person.id;
}

/** Fields whose example means nothing to this person. Names that must be unique are fresh ones. */
function valuesFor(person: Person): Record<string, unknown> {
  return {
    mobile: `+9197${randomInt(10_000_000, 99_999_999)}`,
    username: `free-${randomBytes(6).toString('hex')}`,
    email: `${randomBytes(6).toString('hex')}@example.com`,
    identifier: person.mobile,
    password: PASSWORD,
    currentPassword: PASSWORD,
    newPassword: `${PASSWORD}-2`,
    token: person.token,
    ticket: person.ticket,
    end: [person.otherSessionId],
    sessionKey: person.otherSessionId,
    sessionId: person.otherSessionId,
    user: { id: person.id },
    to: person.contactId,
    with: person.contactId,
    upTo: person.messageId,
  };
}

/** Of calls that take one of several bodies, that for the caller. */
function unionBody(name: string, person: Person, caller: CallerKind | undefined): Record<string, unknown> | null {
  const { mobile, email, displayName: username, otherSessionId } = person;
  const byService = caller === 'service';
  if (name === 'POST /login')
    return byService ? { mobile, username, userAgent: 'test' } : { mobile, password: PASSWORD };
  if (name === 'POST /api/auth/login') return { email, password: PASSWORD };
  if (name === 'POST /logout') return byService ? { session_id: otherSessionId } : {};
  if (name === 'POST /v1/sessions/current/proof') return { currentPassword: PASSWORD };
  if (name === 'POST /v1/reports') return { token: person.token };
  return null;
}

function exampleOf({ example, type, format, enum: choices, items, properties = {} }: Schema): unknown {
  if (example !== undefined) return example;
  if (choices) return choices[0];
  if (type === 'array') return items ? [exampleOf(items)] : [];
  if (type === 'object') {
    return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, exampleOf(schema)]));
  }
  if (type === 'boolean') return true;
  if (type === 'number' || type === 'integer') return 1;
  return format === 'uuid' ? randomUUID() : 'text';
}
