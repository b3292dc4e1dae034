import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { isDeepStrictEqual } from 'node:util';
import { asEndedBy, withoutTraces, type EndedSession } from '../../../src/accounts/index.js';
import { at, aSession, BY, ending, setting, starting, storedAccount } from '../../support/records.js';
import { openStorage, type TestStorage } from '../../support/storage.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';

describe.each(ENGINES)('%s: session history store', (engine) => {
  let store: TestStore;
  let storage: TestStorage;
  beforeAll(async () => {
    store = newStore(engine);
    storage = await openStorage(store);
  });
  afterAll(async () => {
    await storage.close();
    await store.dispose();
  });

  /** Somebody with live sessions of so many, the oldest first. */
  async function userWith(count: number) {
    const { id } = await storedAccount(storage);
    const sessions = Array.from({ length: count }, () => aSession({ userId: id }));
    await storage.accountStore.change(id, starting(...sessions));
    return { id, sessions, ids: sessions.map((session) => session.id) };
  }
  const list = (userId: string) => storage.sessions.list(userId, { state: 'all', before: null, limit: 10 });

  describe('dropEnded', () => {
    it('drops, batch by batch, what ended before, and nothing else', async () => {
      const { id, ids } = await userWith(7);
      await storage.accountStore.change(id, ending(ids.slice(0, 5), at(10)));
      await storage.accountStore.change(id, ending(ids.slice(5, 6), at(20)));
      await storage.drain(id);
      const drop = () => storage.history.dropEnded(at(20), 2);
      expect([await drop(), await drop(), await drop(), await drop()]).toEqual([2, 2, 1, 0]);
      expect((await list(id)).map((session) => session.id)).toEqual([ids[6], ids[5]]);
      expect(await storage.sessions.find(id, ids[0]!)).toBeNull();
      expect(await storage.sessions.findUserId(ids[0]!)).toBeNull();
    });
  });

  describe('removeTraces', () => {
    it('leaves of ended sessions what tells their bearer why, a few at a time, and touches no live one', async () => {
      const { id, ids, sessions } = await userWith(4);
      const other = await userWith(1);
      for (const user of [{ id, ids: ids.slice(0, 3) }, other])
        await storage.accountStore.change(user.id, ending(user.ids, at(10), 'displaced', BY));
      for (const user of [id, other.id]) await storage.drain(user);
      const before = (await list(id)) as EndedSession[];
      const [foreign] = await list(other.id);
      const remove = () => storage.history.removeTraces(id, 2);
      expect([await remove(), await remove(), await remove()]).toEqual([2, 1, 0]);
      expect(await list(id)).toEqual([sessions[3], ...before.slice(1).map(withoutTraces)]);
      expect(await list(other.id)).toEqual([foreign]);
      const { session } = (await storage.sessions.find(id, ids[0]!))!;
      expect(session).toEqual({
        ...sessions[0],
        device: { id: sessions[0]!.device.id, name: '', class: 'other', browser: null, os: null },
        ip: '',
        userAgent: '',
        endedAt: at(10),
        endReason: 'displaced',
        endedBy: null,
      });
    });

    it('leaves none either of what ended before the deletion and is handed on after it', async () => {
      const { id, ids, sessions } = await userWith(2);
      await storage.accountStore.change(id, ending([ids[0]!], at(5), 'displaced', asEndedBy(sessions[1]!)));
      await storage.accountStore.change(id, ending([ids[1]!], at(10)));
      await storage.accountStore.change(id, setting({ deletedAt: at(10) }));
      await storage.history.removeTraces(id, 10);
      await storage.drain(id);
      const ended = (await list(id)) as EndedSession[];
      expect(ended.map(({ endReason, ip, userAgent, endedBy }) => [endReason, ip, userAgent, endedBy])).toEqual([
        ['logged_out', '', '', null],
        ['displaced', '', '', null],
      ]);
      expect(ended.map(({ tokenHash }) => tokenHash)).toEqual([sessions[1]!.tokenHash, sessions[0]!.tokenHash]);
      expect(await storage.history.removeTraces(id, 10)).toBe(0);
    });
  });
});

(ENGINES.includes('mongo') ? describe : describe.skip)('mongo: indexes of what an erasure has left to do', () => {
  it.each([
    ['ended_sessions', { userId: 1 }, { ip: { $gt: '' } }],
    ['deliveries', { userId: 1, state: 1, target: 1 }, undefined],
  ])('are there: %s', async (collection, key, partialFilterExpression) => {
    const store = newStore('mongo');
    const storage = await openStorage(store);
    try {
      const indexes = await storage.context.get<Connection>(getConnectionToken()).collection(collection).indexes();
      const found = indexes.find((index) => isDeepStrictEqual(index.key, key));
      expect(found?.partialFilterExpression).toEqual(partialFilterExpression);
      expect(found).toBeDefined();
    } finally {
      await storage.close();
      await store.dispose();
    }
  });
});
