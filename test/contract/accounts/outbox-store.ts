import { v7 as uuidv7 } from 'uuid';
import { eventId, SYSTEM, withoutHash, type AccountEvent } from '../../../src/accounts/index.js';
import {
  at,
  anAccount,
  aSession,
  BY,
  counting,
  created,
  deciding,
  ending,
  NOW,
  starting,
  storedAccount,
} from '../../support/records.js';
import { openStorage, type TestStorage } from '../../support/storage.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';

const idsOf = (events: readonly AccountEvent[]) => events.map(({ id }) => id);

describe.each(ENGINES)('%s: outbox store', (engine) => {
  let store: TestStore;
  let storage: TestStorage;
  let userId: string;

  beforeEach(async () => {
    store = newStore(engine);
    storage = await openStorage(store);
    ({ id: userId } = await storedAccount(storage));
  });
  afterEach(async () => {
    await storage.close();
    await store.dispose();
  });

  const change = (decide: ReturnType<typeof deciding>, of = userId) => storage.accountStore.change(of, decide);
  const list = (of = userId) => storage.outbox.list(of);
  /** A user with events of these times. */
  const userWaitingSince = async (...times: Date[]) => {
    const { id } = await storedAccount(storage);
    for (const at of times) await change(starting(aSession({ userId: id, createdAt: at })), id);
    return id;
  };

  describe('list', () => {
    it('is empty where nothing waits', async () => {
      expect(await list()).toEqual([]);
      expect(await list(uuidv7())).toEqual([]);
    });

    it('lists the user’s events in the order of their commits, and within one as they were decided', async () => {
      const [first, second] = [aSession({ userId }), aSession({ userId })];
      await change(starting(first, second));
      await change(counting);
      await change(ending([second.id, first.id], at(1)));
      await change(
        starting(aSession({ userId: (await storedAccount(storage)).id })),
        (await storedAccount(storage)).id,
      );
      expect((await list()).map((event) => [event.type, event.userId])).toEqual([
        ['session.started', userId],
        ['session.started', userId],
        ['password.changed', userId],
        ['session.ended', userId],
        ['session.ended', userId],
      ]);
    });

    it('returns every kind of event as it was committed, without a hash', async () => {
      const session = aSession({ userId, device: { ...BY.device, os: null } });
      const ended = { ...session, endedAt: at(1), endReason: 'displaced', endedBy: BY } as const;
      const facts = [
        { type: 'session.refused', device: session.device, ip: '203.0.113.7' },
        { type: 'device.first_seen', session: withoutHash(session) },
        { type: 'sessions.displaced', by: BY },
        { type: 'sessions.revoked', session: withoutHash(ended), by: null },
        { type: 'password.changed', by: BY },
        { type: 'contact.changed', channel: 'email', previous: null, by: BY },
      ] as const;
      const by = { kind: 'device', settled: true, since: at(-60) } as const;
      await change(starting(session));
      await change(
        deciding((draft) => {
          draft.end([session], 'displaced', BY);
          draft.actWith(by);
          for (const fact of facts) draft.emit(eventId(fact.type, userId), fact);
        }, at(1)),
      );
      const changes = ['password_changed', 'email_changed'];
      const telling = (type: string) => {
        const told = type === 'password.changed' || type === 'contact.changed';
        return told && { telling: { by, changes, first: type === 'password.changed' } };
      };
      const common = { userId, at: at(1), actor: SYSTEM };
      expect(await list()).toEqual([
        {
          id: eventId('session.started', session.id),
          userId,
          at: NOW,
          actor: SYSTEM,
          type: 'session.started',
          session: withoutHash(session),
        },
        { ...common, id: eventId('session.ended', session.id), type: 'session.ended', session: withoutHash(ended) },
        ...facts.map((fact) => ({ ...common, id: eventId(fact.type, userId), ...fact, ...telling(fact.type) })),
      ]);
      expect(JSON.stringify(await list())).not.toContain(session.tokenHash);
    });

    it('lists an event that is decided again while it waits only once', async () => {
      const refused = deciding((draft) => {
        draft.emit(eventId('session.refused', userId), { type: 'session.refused', device: BY.device, ip: BY.ip });
      });
      await change(refused);
      await change(refused);
      expect(await list()).toHaveLength(1);
      await storage.drain(userId);
      expect(await list()).toEqual([]);
    });
  });

  describe('remove', () => {
    it('removes the named events of the user, and leaves the others in their order', async () => {
      const other = await userWaitingSince(NOW);
      await change(starting(aSession({ userId }), aSession({ userId }), aSession({ userId })));
      const [first, second, third] = idsOf(await list());
      await storage.outbox.remove(userId, [first!, third!]);
      expect(idsOf(await list())).toEqual([second]);
      expect(await list(other)).toHaveLength(1);
    });

    it('passes over what is gone already', async () => {
      const session = aSession({ userId });
      await change(starting(session));
      await change(ending([session.id]));
      const ids = idsOf(await list());
      await Promise.all([storage.outbox.remove(userId, ids), storage.outbox.remove(userId, ids)]);
      await storage.outbox.remove(userId, [...ids, uuidv7()]);
      await storage.outbox.remove(userId, []);
      await storage.outbox.remove(uuidv7(), ids);
      expect(await list()).toEqual([]);
      const all = await storage.sessions.list(userId, { state: 'all', before: null, limit: 10 });
      expect(all.map(({ id }) => id)).toEqual([session.id]);
    });

    it('never takes away an event that is committed meanwhile', async () => {
      await change(starting(aSession({ userId })));
      const seen = new Set<string>();
      const reader = { stop: false };
      const draining = (async () => {
        while (!reader.stop) for (const { id } of await storage.drain(userId)) seen.add(id);
      })();
      for (let count = 0; count < 30; count++) await change(counting);
      reader.stop = true;
      await draining;
      for (const { id } of await storage.drain(userId)) seen.add(id);
      expect(seen.size).toBe(31);
      expect((await storage.accountStore.find(userId))?.credentialVersion).toBe(31);
    });
  });

  describe('listUsersWaitingSince', () => {
    const waiting = (before: Date, limit = 10, behind: string | null = null) =>
      storage.outbox.listUsersWaitingSince(before, behind, limit);

    it('names the users whose oldest event is older, at most so many', async () => {
      const [late, soon, fresh] = [
        await userWaitingSince(at(2), at(9)),
        await userWaitingSince(at(1)),
        await userWaitingSince(at(10)),
      ];
      expect((await waiting(at(10))).sort()).toEqual([late, soon].sort());
      expect(await waiting(at(2))).toEqual([soon]);
      expect(await waiting(at(1))).toEqual([]);
      expect(await waiting(at(11))).toContain(fresh);
      expect((await waiting(at(11), 2)).length).toBeLessThanOrEqual(2);
    });

    it('names them in the order of their ids, page by page', async () => {
      const ids = [await userWaitingSince(at(3)), await userWaitingSince(at(1)), await userWaitingSince(at(2))].sort();
      const first = await waiting(at(10), 2);
      expect([...first, ...(await waiting(at(10), 2, first[1]))]).toEqual(ids);
      expect(await waiting(at(10), 2, ids[2])).toEqual([]);
    });

    it('names a user whose creation was never handed on', async () => {
      const account = anAccount();
      await storage.accountStore.create(account, [created(account)]);
      expect(await waiting(at(1))).toEqual([account.id]);
    });

    it('counts users: one with many events is named once and takes the place of one', async () => {
      const [many, single] = [await userWaitingSince(at(1), at(1), at(1)), await userWaitingSince(at(2))];
      expect((await waiting(at(10), 2)).sort()).toEqual([many, single].sort());
    });

    it('does not name users whose events were handed on, but names them again for later ones', async () => {
      const id = await userWaitingSince(at(1));
      await storage.drain(id);
      expect(await waiting(at(10))).toEqual([]);
      await change(starting(aSession({ userId: id, createdAt: at(5) })), id);
      expect(await waiting(at(5))).toEqual([]);
      expect(await waiting(at(6))).toEqual([id]);
    });
  });
});
