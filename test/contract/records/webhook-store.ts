import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { newWebhookSecret, type Webhook } from '../../../src/delivery/index.js';
import { at, NOW } from '../../support/records.js';
import { openStorage, type TestStorage } from '../../support/storage.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';

describe.each(ENGINES)('%s: webhook store', (engine) => {
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

  const add = async (given: Partial<Webhook> = {}): Promise<Webhook> => {
    const webhook: Webhook = {
      id: uuidv7(),
      url: 'https://hooks.example.com/a?b=c',
      secret: newWebhookSecret(),
      events: ['session.ended', 'user.created'],
      enabled: true,
      formerSecrets: [],
      goneAt: null,
      createdAt: NOW,
      ...given,
    };
    await storage.webhooks.add(webhook);
    return webhook;
  };

  it('keeps the whole webhook, and changes just what it is told to', async () => {
    const [webhook, other] = [await add(), await add({ enabled: false, events: ['*'] })];
    expect(await storage.webhooks.find(webhook.id)).toEqual(webhook);
    const patch = { url: 'https://elsewhere.example.com/', enabled: false };
    expect(await storage.webhooks.edit(webhook.id, patch)).toEqual({ ...webhook, ...patch });
    expect(await storage.webhooks.edit(webhook.id, {})).toEqual({ ...webhook, ...patch });
    expect(await storage.webhooks.find(webhook.id)).toEqual({ ...webhook, ...patch });
    expect(await storage.webhooks.find(other.id)).toEqual(other);
  });

  it('keeps rotated secrets, and when a receiver was gone', async () => {
    const formerSecrets = [{ secret: newWebhookSecret(), until: at(1) }];
    const webhook = await add({ formerSecrets });
    expect(await storage.webhooks.find(webhook.id)).toEqual(webhook);
    const patch = { formerSecrets: [], goneAt: NOW };
    expect(await storage.webhooks.edit(webhook.id, patch)).toEqual({ ...webhook, ...patch });
    expect(await storage.webhooks.find(webhook.id)).toEqual({ ...webhook, ...patch });
  });

  it('changes nothing of one that is not as it was when the change was decided', async () => {
    const webhook = await add();
    const { id, url, secret } = webhook;
    for (const expected of [{ url: 'https://b.example.com/' }, { secret: 'another' }, { url, enabled: false }])
      expect(await storage.webhooks.edit(id, { enabled: false }, expected)).toBeNull();
    expect(await storage.webhooks.find(id)).toEqual(webhook);
    const rotations = Array.from({ length: 8 }, () =>
      storage.webhooks.edit(id, { secret: newWebhookSecret() }, { secret }),
    );
    expect((await Promise.all(rotations)).filter((edited) => edited !== null)).toHaveLength(1);
  });

  it('loses neither of two edits of different fields', async () => {
    const { id } = await add();
    await Promise.all([
      storage.webhooks.edit(id, { url: 'https://b.example.com/' }),
      storage.webhooks.edit(id, { enabled: false }),
    ]);
    expect(await storage.webhooks.find(id)).toMatchObject({ url: 'https://b.example.com/', enabled: false });
  });

  it('knows nothing of one that never was or was removed', async () => {
    const { id } = await add();
    expect(await storage.webhooks.remove(id)).toBe(true);
    for (const gone of [id, randomUUID()]) {
      expect(await storage.webhooks.find(gone)).toBeNull();
      expect(await storage.webhooks.edit(gone, { enabled: true })).toBeNull();
      expect(await storage.webhooks.remove(gone)).toBe(false);
    }
  });

  it('lists in pages, newest first, and those that are on', async () => {
    for (const { id } of await storage.webhooks.list({ before: null, limit: 100 })) await storage.webhooks.remove(id);
    const [a, b, c] = [await add(), await add({ enabled: false }), await add()];
    expect(await storage.webhooks.list({ before: null, limit: 2 })).toEqual([c, b]);
    expect(await storage.webhooks.list({ before: b.id, limit: 2 })).toEqual([a]);
    expect(await storage.webhooks.listEnabled()).toEqual([a, c]);
  });
});
