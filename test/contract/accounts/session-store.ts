import { v7 as uuidv7 } from 'uuid';
import { overdueAt, type Session } from '../../../src/accounts/index.js';
import { decideTimeouts } from '../../../src/sessions/index.js';
import {
  aName,
  at,
  aSession,
  BY,
  counting,
  deciding,
  ending,
  NOW,
  setting,
  starting,
  storedAccount,
} from '../../support/records.js';
import { openStorage, type TestStorage } from '../../support/storage.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';

const idsOf = (sessions: readonly { id: string }[]) => sessions.map(({ id }) => id);

describe.each(ENGINES)('%s: session store', (engine) => {
  let store: TestStore;
  let storage: TestStorage;
  let userId: string;

  beforeAll(async () => {
    store = newStore(engine);
    storage = await openStorage(store);
  });
  beforeEach(async () => {
    ({ id: userId } = await storedAccount(storage));
  });
  afterAll(async () => {
    await storage.close();
    await store.dispose();
  });

  const start = async (...sessions: Session[]) => {
    await storage.accountStore.change(userId, starting(...sessions));
    return sessions;
  };
  const end = (ids: readonly string[], when = at(60)) =>
    storage.accountStore.change(userId, ending(ids, when, 'displaced', BY));
  const find = async (id: string, of = userId) => (await storage.sessions.find(of, id))?.session ?? null;
  const tombstone = (session: Session, endedAt = at(60)) => ({
    ...session,
    endedAt,
    endReason: 'displaced',
    endedBy: BY,
  });

  describe('find', () => {
    it('returns a live session with the person it belongs to', async () => {
      const [session] = await start(aSession({ userId }), aSession({ userId }));
      await storage.accountStore.change(userId, setting({ username: aName(), displayName: 'Asha', role: 'admin' }));
      const account = (await storage.accountStore.find(userId))!;
      const found = (await storage.sessions.find(userId, session!.id))!;
      expect(found.session).toEqual(session);
      expect(found.user).toEqual({
        id: userId,
        mobile: account.mobile,
        username: account.username,
        email: null,
        mobileVerifiedAt: null,
        emailVerifiedAt: null,
        displayName: 'Asha',
        avatarUrl: null,
        locale: null,
        role: 'admin',
        createdAt: NOW,
      });
    });

    it('returns one that has ended with its tombstone, before and after its event is handed on', async () => {
      const [session] = await start(aSession({ userId }), aSession({ userId }));
      await end([session!.id]);
      expect(await find(session!.id)).toEqual(tombstone(session!));
      await storage.drain(userId);
      expect(await find(session!.id)).toEqual(tombstone(session!));
    });

    it('returns null for an unknown session, an unknown user and the session of somebody else', async () => {
      const other = await storedAccount(storage);
      const [live, ended, gone] = await start(aSession({ userId }), aSession({ userId }), aSession({ userId }));
      await end([gone!.id]);
      await storage.drain(userId);
      await end([ended!.id]);
      for (const { id } of [live!, ended!, gone!]) {
        expect(await find(id)).not.toBeNull();
        expect(await find(id, other.id)).toBeNull();
        expect(await find(id, uuidv7())).toBeNull();
      }
      expect(await find(uuidv7())).toBeNull();
    });

    it('never misses a session while it ends and moves to the history', async () => {
      const [session] = await start(aSession({ userId }));
      const reader = { stop: false };
      const reading = (async () => {
        let reads = 0;
        for (; !reader.stop; reads++) expect((await find(session!.id))?.id).toBe(session!.id);
        return reads;
      })();
      await end([session!.id]);
      await storage.drain(userId);
      reader.stop = true;
      expect(await reading).toBeGreaterThan(0);
    });
  });

  describe('findUserId', () => {
    it('knows whose a session is, live, just ended and in the history', async () => {
      const [session] = await start(aSession({ userId }));
      expect(await storage.sessions.findUserId(session!.id)).toBe(userId);
      await end([session!.id]);
      expect(await storage.sessions.findUserId(session!.id)).toBe(userId);
      await storage.drain(userId);
      expect(await storage.sessions.findUserId(session!.id)).toBe(userId);
      expect(await storage.sessions.findUserId(uuidv7())).toBeNull();
    });
  });

  describe('list', () => {
    const list = async (state: 'live' | 'ended' | 'all', before: string | null = null, limit = 100) =>
      storage.sessions.list(userId, { state, before, limit });

    it('is empty for somebody without sessions and for nobody', async () => {
      expect(await list('all')).toEqual([]);
      expect(await storage.sessions.list(uuidv7(), { state: 'all', before: null, limit: 10 })).toEqual([]);
    });

    it('lists by state, newest first, whole records', async () => {
      const sessions = await start(
        aSession({ userId }),
        aSession({ userId }),
        aSession({ userId }),
        aSession({ userId }),
      );
      const [first, second, third, fourth] = sessions as [Session, Session, Session, Session];
      await end([second.id]);
      await storage.drain(userId);
      await end([first.id], at(61));
      expect(await list('live')).toEqual([fourth, third]);
      expect(await list('ended')).toEqual([tombstone(second), tombstone(first, at(61))]);
      expect(await list('all')).toEqual([fourth, third, tombstone(second), tombstone(first, at(61))]);
    });

    it('pages through every session once, wherever each of them stands', async () => {
      const sessions = await start(...Array.from({ length: 12 }, () => aSession({ userId })));
      const ids = idsOf(sessions);
      await end(ids.filter((_, index) => index % 3 === 0));
      await storage.drain(userId);
      await end(ids.filter((_, index) => index % 3 === 1));
      for (const [state, expected] of [
        ['all', ids],
        ['live', ids.filter((_, index) => index % 3 === 2)],
        ['ended', ids.filter((_, index) => index % 3 !== 2)],
      ] as const) {
        const seen: string[] = [];
        for (let before: string | null = null; ;) {
          const page = await list(state, before, 5);
          seen.push(...idsOf(page));
          if (page.length < 5) break;
          before = page.at(-1)!.id;
        }
        expect(seen).toEqual([...expected].reverse());
      }
    });

    it('shows an ended session once, neither missed nor doubled, while it moves to the history', async () => {
      const sessions = await start(...Array.from({ length: 10 }, () => aSession({ userId })));
      const newestFirst = idsOf(sessions).reverse();
      const reader = { stop: false };
      const reading = (async () => {
        let reads = 0;
        for (; !reader.stop; reads++) expect(idsOf(await list('all'))).toEqual(newestFirst);
        return reads;
      })();
      for (const { id } of sessions) {
        await end([id]);
        await storage.drain(userId);
      }
      reader.stop = true;
      expect(await reading).toBeGreaterThan(0);
      expect(idsOf(await list('ended'))).toEqual(newestFirst);
    });
  });

  describe('listLive', () => {
    const listLive = (ids: readonly string[], now = at(1), of = userId) =>
      storage.sessions.listLive(
        ids.map((sessionId) => ({ userId: of, sessionId })),
        now,
      );

    it('names those that are live, of many users, and nothing that was not asked for', async () => {
      const other = await storedAccount(storage);
      const theirs = aSession({ userId: other.id });
      await storage.accountStore.change(other.id, starting(theirs));
      const [live, ended, , gone] = await start(
        aSession({ userId }),
        aSession({ userId }),
        aSession({ userId }),
        aSession({ userId }),
      );
      await end([gone!.id]);
      await storage.drain(userId);
      await end([ended!.id]);
      const asked = [live!, ended!, gone!, aSession({ userId })].map(({ id }) => ({ userId, sessionId: id }));
      const found = await storage.sessions.listLive([...asked, { userId: other.id, sessionId: theirs.id }], at(1));
      expect(found.sort()).toEqual([live!.id, theirs.id].sort());
      expect(await listLive([])).toEqual([]);
    });

    it('leaves out what the clock has ended, whichever way, from that moment on', async () => {
      const [idle, old] = await start(aSession({ userId, idleTimeout: 100 }), aSession({ userId, expiresAt: at(200) }));
      const ids = [idle!.id, old!.id];
      expect((await listLive(ids, new Date(at(100).getTime() - 1))).sort()).toEqual([...ids].sort());
      expect(await listLive(ids, at(100))).toEqual([old!.id]);
      await storage.sessions.touch([{ userId, sessionId: idle!.id, at: at(150) }]);
      expect(await listLive(ids, at(200))).toEqual([idle!.id]);
      expect(await listLive(ids, at(250))).toEqual([]);
    });

    it('takes some hundreds at once', async () => {
      const sessions = await start(...Array.from({ length: 30 }, () => aSession({ userId })));
      const unknown = Array.from({ length: 470 }, () => uuidv7());
      expect(await listLive([...unknown, ...idsOf(sessions)])).toHaveLength(30);
    });
  });

  describe('touch', () => {
    const touch = (sessionId: string, at: Date, of = userId) => storage.sessions.touch([{ userId: of, sessionId, at }]);
    const seenAt = async (id: string) => (await find(id))?.lastSeenAt;

    it('moves the last use forward, never back, of the named sessions alone', async () => {
      const [one, two, three] = await start(aSession({ userId }), aSession({ userId }), aSession({ userId }));
      await storage.sessions.touch([
        { userId, sessionId: one!.id, at: at(60) },
        { userId, sessionId: two!.id, at: at(90) },
      ]);
      await touch(one!.id, at(30));
      await touch(two!.id, at(-30));
      expect(await Promise.all([seenAt(one!.id), seenAt(two!.id), seenAt(three!.id)])).toEqual([at(60), at(90), NOW]);
      const { live } = (await storage.accountStore.find(userId))!;
      expect(live.map((session) => session.lastSeenAt)).toEqual([at(60), at(90), NOW]);
      const [, listed] = await storage.sessions.list(userId, { state: 'live', before: null, limit: 10 });
      expect(listed?.lastSeenAt).toEqual(at(90));
    });

    it('passes over a session that has ended, that never was, or that is not the user’s', async () => {
      const other = await storedAccount(storage);
      const [ended, live] = await start(aSession({ userId }), aSession({ userId }));
      await end([ended!.id]);
      await touch(ended!.id, at(90));
      await touch(uuidv7(), at(90));
      await touch(live!.id, at(90), other.id);
      await storage.sessions.touch([]);
      expect(await find(ended!.id)).toEqual(tombstone(ended!));
      expect(await find(live!.id)).toEqual(live);
      await storage.drain(userId);
      await touch(ended!.id, at(91));
      expect(await find(ended!.id)).toEqual(tombstone(ended!));
    });

    it('is not undone by a change that was decided before it', async () => {
      const [session] = await start(aSession({ userId }));
      const changes = Array.from({ length: 20 }, () => storage.accounts.change(userId, counting));
      await touch(session!.id, at(60));
      await Promise.all(changes);
      expect(await seenAt(session!.id)).toEqual(at(60));
    });

    it('stands in the tombstone of a session that ends after it', async () => {
      const [session] = await start(aSession({ userId }));
      await touch(session!.id, at(59));
      await end([session!.id]);
      expect(await seenAt(session!.id)).toEqual(at(59));
      await storage.drain(userId);
      expect(await seenAt(session!.id)).toEqual(at(59));
    });

    it('gives way to a later renewal by a change', async () => {
      const [session] = await start(aSession({ userId }));
      await touch(session!.id, at(59));
      await storage.accountStore.change(
        userId,
        deciding((draft) => draft.replaceSession({ ...draft.account.live[0]!, lastSeenAt: at(70) })),
      );
      await touch(session!.id, at(65));
      expect(await seenAt(session!.id)).toEqual(at(70));
    });
  });
});

describe.each(ENGINES)('%s: session store', (engine) => {
  let store: TestStore;
  let storage: TestStorage;

  beforeEach(async () => {
    store = newStore(engine);
    storage = await openStorage(store);
  });
  afterEach(async () => {
    await storage.close();
    await store.dispose();
  });

  /** A user with live sessions of these idle timeouts, in seconds. */
  const userWith = async (...idleTimeouts: number[]) => {
    const { id } = await storedAccount(storage);
    const sessions = idleTimeouts.map((idleTimeout) => aSession({ userId: id, idleTimeout }));
    await storage.accountStore.change(id, starting(...sessions));
    return { id, sessions };
  };
  const overdue = (at: Date, limit = 10) => storage.sessions.listOverdueUsers(at, limit);

  describe('listOverdueUsers', () => {
    it('names users from the moment at which a session is overdue, the longest overdue first', async () => {
      const [late, soon, last] = [await userWith(200), await userWith(100, 5000), await userWith(300)];
      const due = overdueAt(soon.sessions[0]!);
      expect(await overdue(new Date(due.getTime() - 1))).toEqual([]);
      expect(await overdue(due)).toEqual([soon.id]);
      expect(await overdue(at(3600))).toEqual([soon.id, late.id, last.id]);
      expect(await overdue(at(3600), 2)).toEqual([soon.id, late.id]);
    });

    it('names a user with many sessions once, and comes to the next when theirs have ended', async () => {
      const [first, second] = [await userWith(100, 100, 100), await userWith(200)];
      expect(await overdue(at(3600))).toEqual([first.id, second.id]);
      expect((await overdue(at(3600), 2))[0]).toBe(first.id);
      await storage.accountStore.change(first.id, (account) => decideTimeouts(account, at(3600)));
      expect(await overdue(at(3600), 2)).toEqual([second.id]);
    });

    it('names the user of a session that reaches its greatest age, used or not', async () => {
      const { id } = await storedAccount(storage);
      const session = aSession({ userId: id, expiresAt: at(500) });
      await storage.accountStore.change(id, starting(session));
      await storage.sessions.touch([{ userId: id, sessionId: session.id, at: at(499) }]);
      expect(await overdue(at(499))).toEqual([]);
      expect(await overdue(at(500))).toEqual([id]);
    });

    it('does not name users whose sessions were used or renewed meanwhile, or have ended', async () => {
      const [used, renewed, ended] = [await userWith(100), await userWith(100), await userWith(100)];
      await storage.sessions.touch([{ userId: used.id, sessionId: used.sessions[0]!.id, at: at(100) }]);
      await storage.accountStore.change(
        renewed.id,
        deciding((draft) => draft.replaceSession({ ...draft.account.live[0]!, lastSeenAt: at(100) })),
      );
      await storage.accountStore.change(ended.id, ending([ended.sessions[0]!.id]));
      expect(await overdue(at(200))).toEqual([]);
      expect(await overdue(at(200), 1)).toEqual([]);
      expect((await overdue(at(210))).sort()).toEqual([used.id, renewed.id].sort());
    });

    it('finds those behind users whose sessions were used meanwhile', async () => {
      const busy = [await userWith(100), await userWith(101), await userWith(102)];
      const { id } = await userWith(150);
      await storage.sessions.touch(
        busy.map((user) => ({ userId: user.id, sessionId: user.sessions[0]!.id, at: at(500) })),
      );
      expect(await overdue(at(400), 1)).toEqual([id]);
      expect(await overdue(at(3600))).toEqual([id, ...busy.map((user) => user.id)]);
    });
  });
});
