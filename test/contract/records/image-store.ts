import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import type { Image } from '../../../src/media/index.js';
import { at } from '../../support/records.js';
import { openStorage, type TestStorage } from '../../support/storage.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';

describe.each(ENGINES)('%s: image store', (engine) => {
  let store: TestStore;
  let storage: TestStorage;
  let ownerId: string;
  beforeAll(async () => {
    store = newStore(engine);
    storage = await openStorage(store);
  });
  beforeEach(() => {
    ownerId = uuidv4();
  });
  afterAll(async () => {
    await storage.close();
    await store.dispose();
  });

  async function add(given: Partial<Image> = {}): Promise<Image> {
    const messageId = uuidv7();
    const own = { id: uuidv7(), ownerId, use: 'message', messageId, viewers: [ownerId], confirmed: true } as const;
    const image: Image = { ...own, createdAt: at(0), ...given };
    await storage.images.add(image);
    return image;
  }
  const anAvatar = (given: Partial<Image> = {}) => add({ use: 'avatar', messageId: null, viewers: [], ...given });
  const unconfirmed = (seconds: number, limit = 100) => storage.images.listUnconfirmed(at(seconds), limit);

  it('keeps the whole picture, of a message or of a person', async () => {
    const [image, avatar] = [await add({ viewers: [ownerId, uuidv4()], confirmed: false }), await anAvatar()];
    expect(await storage.images.find(image.id)).toEqual(image);
    expect(await storage.images.find(avatar.id)).toEqual(avatar);
    expect(await storage.images.find(uuidv7())).toBeNull();
  });

  it('confirms one and no other, also twice, and also one that is gone', async () => {
    const [image, other] = [await add({ confirmed: false }), await add({ confirmed: false })];
    for (const id of [image.id, image.id, uuidv7()]) await storage.images.confirm(id);
    expect(await storage.images.find(image.id)).toEqual({ ...image, confirmed: true });
    expect(await storage.images.find(other.id)).toEqual(other);
  });

  it('removes one and no other, also twice', async () => {
    const [image, other] = [await add(), await add()];
    for (const id of [image.id, image.id]) await storage.images.remove(id);
    expect(await storage.images.find(image.id)).toBeNull();
    expect(await storage.images.find(other.id)).toEqual(other);
  });

  it('lists what is unconfirmed and was made before then, the oldest first', async () => {
    const long = -20 * 365 * 86_400;
    const [b, a] = [
      await add({ confirmed: false, createdAt: at(long + 1) }),
      await anAvatar({ confirmed: false, createdAt: at(long) }),
    ];
    await add({ createdAt: at(long) });
    await add({ confirmed: false, createdAt: at(long + 2) });
    expect(await unconfirmed(long + 2)).toEqual([a, b]);
    expect(await unconfirmed(long + 2, 1)).toEqual([a]);
    await storage.images.confirm(a.id);
    expect(await unconfirmed(long + 2)).toEqual([b]);
    expect(await unconfirmed(long)).toEqual([]);
  });

  it('leads through all avatars by id, each once, and past no more than asked for', async () => {
    const made = [await anAvatar(), await anAvatar({ confirmed: false }), await anAvatar()];
    await add();
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await storage.images.listAvatars(after, 2);
      expect(page.length).toBeLessThanOrEqual(2);
      seen.push(...page.map(({ id }) => id));
      if (page.length < 2) break;
      after = page[1]!.id;
    }
    expect(seen).toEqual([...seen].sort());
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
    for (const id of seen) expect((await storage.images.find(id))?.use).toBe('avatar');
  });

  it("lists everything of one person's, and nothing of another's", async () => {
    const mine = [await add(), await anAvatar(), await add({ confirmed: false })];
    await add({ ownerId: uuidv4(), viewers: [ownerId] });
    expect(await storage.images.listOwned(ownerId, 100)).toEqual(mine);
    expect(await storage.images.listOwned(ownerId, 2)).toEqual(mine.slice(0, 2));
    expect(await storage.images.listOwned(uuidv4(), 100)).toEqual([]);
  });
});

(ENGINES.includes('mongo') ? describe : describe.skip)('mongo: indexes of pictures', () => {
  it('hold what the sweepers look for alone, as those of SQLite do', async () => {
    const store = newStore('mongo');
    const storage = await openStorage(store);
    try {
      const indexes = await storage.context.get<Connection>(getConnectionToken()).collection('images').indexes();
      // They are built side by side, and listed in the order in which they were finished.
      const partial = indexes
        .filter(({ partialFilterExpression }) => partialFilterExpression)
        .sort((a, b) => Object.keys(a.key).join().localeCompare(Object.keys(b.key).join()));
      expect(partial.map(({ key, partialFilterExpression }) => [key, partialFilterExpression])).toEqual([
        [{ createdAt: 1, _id: 1 }, { confirmed: false }],
        [{ use: 1, _id: 1 }, { use: 'avatar' }],
      ]);
      expect(indexes).toHaveLength(4);
    } finally {
      await storage.close();
      await store.dispose();
    }
  });
});
