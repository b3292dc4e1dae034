import { v4 as uuidv4 } from 'uuid';
import { SYSTEM, type Actor } from '../../../src/accounts/index.js';
import type { AuditEntry, AuditQuery } from '../../../src/audit/index.js';
import { at } from '../../support/records.js';
import { openStorage, type TestStorage } from '../../support/storage.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';

const ANY: AuditQuery = { userId: null, actor: null, type: null, before: null, limit: 100 };

describe.each(ENGINES)('%s: audit store', (engine) => {
  let store: TestStore;
  let storage: TestStorage;
  let userId: string;
  beforeAll(async () => {
    store = newStore(engine);
    storage = await openStorage(store);
  });
  beforeEach(() => {
    userId = uuidv4();
  });
  afterAll(async () => {
    await storage.close();
    await store.dispose();
  });

  async function add(given: Partial<AuditEntry> = {}): Promise<AuditEntry> {
    const entry = { id: uuidv4(), at: at(0), type: 'session.started', actor: SYSTEM, userId, details: {}, ...given };
    await storage.audit.add(entry);
    return entry;
  }
  const list = (query: Partial<AuditQuery> = {}) => storage.audit.list({ ...ANY, userId, ...query });
  const idsOf = async (query: Partial<AuditQuery> = {}) => (await list(query)).map(({ id }) => id);

  it('keeps an entry whole, also one that concerns nobody', async () => {
    const actor: Actor = { kind: 'admin', userId: uuidv4(), sessionId: uuidv4() };
    const entry = await add({
      actor,
      userId: null,
      details: { scope: 'global', policy: { limit: null, per: 'user' } },
    });
    expect(await list({ userId: null, actor: actor.userId })).toEqual([entry]);
  });

  it('changes nothing that is there, also among racing ones', async () => {
    const entry = await add();
    await Promise.all(Array.from({ length: 10 }, () => add({ ...entry, type: 'session.ended' })));
    expect(await list()).toEqual([entry]);
  });

  it('counts up what is there, and loses none among racing ones', async () => {
    const entry = {
      id: uuidv4(),
      at: at(0),
      type: 'login.failed',
      actor: SYSTEM,
      userId,
      details: { ip: '203.0.113.7' },
    };
    const later = { ...entry, at: at(9), details: { ip: '203.0.113.8' } };
    await storage.audit.addUp(entry);
    await Promise.all(Array.from({ length: 10 }, () => storage.audit.addUp(later)));
    expect(await list()).toEqual([{ ...entry, details: { ip: '203.0.113.7', count: 11 } }]);
    await storage.audit.replaceDetails([{ id: entry.id, details: {} }]);
    await storage.audit.addUp(later);
    expect(await list()).toEqual([{ ...entry, details: { count: 1 } }]);
  });

  it('counts from nothing without losing any among racing ones', async () => {
    const entry = { id: uuidv4(), at: at(0), type: 'login.failed', actor: SYSTEM, userId, details: {} };
    await Promise.all(Array.from({ length: 10 }, () => storage.audit.addUp(entry)));
    expect(await list()).toEqual([{ ...entry, details: { count: 10 } }]);
  });

  it('lists the newest first, page by page, also those of one moment', async () => {
    const entries = await Promise.all([3, 2, 2, 2, 1].map((seconds) => add({ at: at(seconds) })));
    const order = (a: AuditEntry, b: AuditEntry) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1);
    const ids = entries.sort(order).map(({ id }) => id);
    expect(await idsOf()).toEqual(ids);
    for (const [i, before] of ids.entries()) expect(await idsOf({ before, limit: 2 })).toEqual(ids.slice(i + 1, i + 3));
    expect(await idsOf({ before: uuidv4() })).toEqual([]);
  });

  it('narrows by whom it concerns, who did it and what it was', async () => {
    const adminId = uuidv4();
    const service: Actor = { kind: 'service', name: `billing-${userId}` };
    const mine = await add({ actor: { kind: 'user', userId, sessionId: null } });
    const admins = await add({ actor: { kind: 'admin', userId: adminId, sessionId: uuidv4() }, type: 'user.locked' });
    const services = await add({ actor: service, type: 'session.ended' });
    expect(await idsOf({ actor: userId })).toEqual([mine.id]);
    expect(await idsOf({ actor: adminId, userId: null })).toEqual([admins.id]);
    expect(await idsOf({ actor: `service:billing-${userId}`, userId: null })).toEqual([services.id]);
    expect(await idsOf({ type: 'session.ended' })).toEqual([services.id]);
    expect(await idsOf({ type: 'session.ended', actor: adminId })).toEqual([]);
    expect((await idsOf({ type: 'user.locked', userId: null })).includes(admins.id)).toBe(true);
  });

  it('counts those of a type from one moment up to another', async () => {
    const type = `of.${userId}`;
    for (const seconds of [0, 5, 10, 10]) await add({ type, at: at(seconds) });
    await add({ at: at(5) });
    const count = (from: number, to: number) => storage.audit.count(type, at(from), at(to));
    expect([await count(0, 10), await count(5, 11), await count(11, 99)]).toEqual([2, 3, 0]);
  });

  it('replaces details alone, and makes no entry of one that is gone', async () => {
    const [one, two] = [await add({ details: { ip: '203.0.113.7' } }), await add({ at: at(-1), details: { a: 1 } })];
    const details = { session: { id: uuidv4() } };
    await storage.audit.replaceDetails([
      { id: one.id, details },
      { id: uuidv4(), details },
    ]);
    expect(await list()).toEqual([{ ...one, details }, two]);
  });

  it('drops what is older, at most so many at a time', async () => {
    const long = -10 * 365 * 86_400;
    for (const seconds of [0, 1, 2]) await add({ at: at(long + seconds) });
    const [kept] = [await add({ at: at(long + 3) })];
    const drop = () => storage.audit.dropOlder(at(long + 3), 2);
    expect([await drop(), await drop(), await drop()]).toEqual([2, 1, 0]);
    expect(await idsOf()).toEqual([kept.id]);
  });
});
