import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import type { Notification } from '../../../src/notifications/index.js';
import { at, NOW, storedAccount } from '../../support/records.js';
import { openStorage, type TestStorage } from '../../support/storage.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';

const idsOf = (notices: readonly Notification[]) => notices.map(({ id }) => id);

describe.each(ENGINES)('%s: notification store', (engine) => {
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

  const add = async (given: Partial<Notification> = {}): Promise<Notification> => {
    const notice: Notification = {
      id: uuidv4(),
      userId,
      kind: 'new_device',
      createdAt: NOW,
      readAt: null,
      sessionId: uuidv7(),
      device: { id: uuidv7(), name: 'Safari on iOS', class: 'mobile' },
      ip: '203.0.113.7',
      numbers: null,
      ...given,
    };
    await storage.notifications.add(notice);
    return notice;
  };
  const find = (id: string, of = userId) => storage.notifications.find(of, id);
  const list = (before: string | null = null, limit = 100, unreadOnly = false, of = userId) =>
    storage.notifications.list(of, { before, limit, unreadOnly });
  const unread = () => storage.notifications.countUnread(userId);

  describe('add', () => {
    it('keeps the whole notice, also one without session, device and address', async () => {
      const [full, bare] = [await add(), await add({ sessionId: null, device: null, ip: null, readAt: at(1) })];
      expect(await find(full.id)).toEqual(full);
      expect(await find(bare.id)).toEqual(bare);
    });

    it('leaves one that is there already as it is, also among racing ones', async () => {
      const notice = await add();
      await storage.notifications.setRead(userId, notice.id, at(5));
      await Promise.all(Array.from({ length: 10 }, () => add({ ...notice, kind: 'login_refused' })));
      expect(await list()).toEqual([{ ...notice, readAt: at(5) }]);
      const id = uuidv4();
      await Promise.all(Array.from({ length: 10 }, () => add({ id })));
      expect(idsOf(await list()).filter((other) => other === id)).toHaveLength(1);
    });
  });

  describe('list', () => {
    it('lists the user’s own, newest first', async () => {
      const other = await storedAccount(storage);
      await add({ userId: other.id });
      const [middle, oldest, newest] = [
        await add({ createdAt: at(5) }),
        await add({ createdAt: at(1) }),
        await add({ createdAt: at(9) }),
      ];
      expect(await list()).toEqual([newest, middle, oldest]);
      expect(await list(null, 2)).toEqual([newest, middle]);
      expect(await list(null, 10, false, uuidv7())).toEqual([]);
    });

    it('pages through every notice once, also where many are of the same moment', async () => {
      const notices: Notification[] = [];
      for (let index = 0; index < 13; index++) notices.push(await add({ createdAt: at(index < 10 ? 3 : index) }));
      const seen: Notification[] = [];
      for (let before: string | null = null; ;) {
        const page = await list(before, 3);
        seen.push(...page);
        if (page.length < 3) break;
        before = page.at(-1)!.id;
      }
      expect(idsOf(seen).sort()).toEqual(idsOf(notices).sort());
      expect(idsOf(seen)).toEqual(idsOf(await list()));
      const times = seen.map(({ createdAt }) => createdAt.getTime());
      expect(times).toEqual([...times].sort((a, b) => b - a));
    });

    it('lists unread ones alone where asked to, also from one that was read', async () => {
      const [old, read, young] = [
        await add({ createdAt: at(1) }),
        await add({ createdAt: at(2) }),
        await add({ createdAt: at(3) }),
      ];
      await storage.notifications.setRead(userId, read.id, at(9));
      expect(await list(null, 10, true)).toEqual([young, old]);
      expect(await list(read.id, 10, true)).toEqual([old]);
    });

    it('is empty from a notice that the user does not have', async () => {
      const other = await storedAccount(storage);
      await add();
      const foreign = await add({ userId: other.id, createdAt: at(60) });
      expect(await list(uuidv4())).toEqual([]);
      expect(await list(foreign.id)).toEqual([]);
    });
  });

  describe('find', () => {
    it('returns null for an unknown notice and for that of somebody else', async () => {
      const other = await storedAccount(storage);
      const { id } = await add();
      expect(await find(id)).not.toBeNull();
      expect(await find(id, other.id)).toBeNull();
      expect(await find(uuidv4())).toBeNull();
    });
  });

  describe('setRead', () => {
    it('sets and clears the time of reading', async () => {
      const [one, two] = [await add(), await add()];
      expect(await unread()).toBe(2);
      await storage.notifications.setRead(userId, one.id, at(5));
      expect(await find(one.id)).toEqual({ ...one, readAt: at(5) });
      expect(await find(two.id)).toEqual(two);
      expect(await unread()).toBe(1);
      await storage.notifications.setRead(userId, one.id, null);
      expect(await find(one.id)).toEqual(one);
      expect(await unread()).toBe(2);
    });

    it('lets one that was read already keep its time', async () => {
      const { id } = await add();
      await storage.notifications.setRead(userId, id, at(5));
      await storage.notifications.setRead(userId, id, at(9));
      expect((await find(id))?.readAt).toEqual(at(5));
    });

    it('passes over a notice of somebody else and one that never was', async () => {
      const other = await storedAccount(storage);
      const notice = await add();
      await storage.notifications.setRead(other.id, notice.id, at(5));
      await storage.notifications.setRead(userId, uuidv4(), at(5));
      expect(await find(notice.id)).toEqual(notice);
    });
  });

  describe('removeOfUser', () => {
    it('removes all of the user, at most so many at a time, and nobody else’s', async () => {
      const other = await storedAccount(storage);
      const foreign = await add({ userId: other.id });
      for (let i = 0; i < 5; i++) await add();
      const remove = () => storage.notifications.removeOfUser(userId, 2);
      expect([await remove(), await remove(), await remove(), await remove()]).toEqual([2, 2, 1, 0]);
      expect(await list()).toEqual([]);
      expect(await find(foreign.id, other.id)).toEqual(foreign);
    });
  });

  describe('setAllRead', () => {
    it('marks all unread ones of the user that are about no device, about one of those named, or about an unknown one that came later', async () => {
      const other = await storedAccount(storage);
      const about = (id: string) => ({ id, name: 'Firefox on Linux', class: 'desktop' }) as const;
      const added = [
        await add({ device: null }),
        await add({ device: about('older') }),
        await add({ device: about('younger') }),
        await add({ device: about('younger'), readAt: at(1) }),
        await add({ device: about('gone'), createdAt: at(-10) }),
        await add({ device: about('gone'), createdAt: at(1) }),
      ];
      const foreign = await add({ userId: other.id });
      const which = { devices: ['younger'], known: ['older', 'younger'], after: at(-10) };
      await storage.notifications.setAllRead(userId, at(5), which);
      expect(await Promise.all(added.map(async ({ id }) => (await find(id))?.readAt))).toEqual([
        at(5),
        null,
        at(5),
        at(1),
        null,
        at(5),
      ]);
      expect(await find(foreign.id, other.id)).toEqual(foreign);
      expect(await unread()).toBe(2);
    });
  });
});
