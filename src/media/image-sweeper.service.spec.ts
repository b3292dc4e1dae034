import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { anAccount } from '../../test/support/records.js';
import type { AccountStore } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { ImageSweeper } from './image-sweeper.service.js';
import { ImageUses } from './image-uses.service.js';
import { avatarUrl } from './image.rules.js';
import type { ImageStore } from './image.store.js';
import type { Image } from './image.js';
import type { Images } from './images.service.js';

Logger.overrideLogger(false);

const pad = (i: number) => String(i).padStart(6, '0');

const anImage = (i: number, use: Image['use']): Image => ({
  id: `${use}-${pad(i)}`,
  ownerId: `owner-${i}`,
  use,
  messageId: null,
  viewers: [],
  confirmed: use === 'avatar',
  createdAt: new Date(0),
});

/** `isWorn` says which avatars are; `fails` which pictures cannot be removed. */
function sweeping(
  given: readonly Image[],
  {
    isWorn = (_: string) => false,
    fails = (_: string) => false,
  }: Partial<Record<'isWorn' | 'fails', (id: string) => boolean>> = {},
) {
  const left = new Map(given.map((image) => [image.id, image]));
  const asked: string[] = [];
  const store = {
    listUnconfirmed: async (_: Date, limit: number) =>
      [...left.values()].filter(({ confirmed }) => !confirmed).slice(0, limit),
    listAvatars: async (after: string | null, limit: number) =>
      [...left.values()].filter(({ id, use }) => use === 'avatar' && id > (after ?? '')).slice(0, limit),
  } as unknown as ImageStore;
  const accounts = {
    find: async (id: string) => {
      asked.push(id);
      const [worn] = [...left.values()].filter((image) => image.ownerId === id && isWorn(image.id));
      return anAccount({ id, avatarUrl: worn ? avatarUrl(worn.id) : null });
    },
  } as unknown as AccountStore;
  const images = {
    discard: async (id: string) => {
      if (fails(id)) throw new Error('the storage fails');
      left.delete(id);
    },
  } as unknown as Images;
  return { left, asked, sweeper: new ImageSweeper(store, accounts, images, new ImageUses(), new Clock()) };
}

const many = (count: number, use: Image['use']) => Array.from({ length: count }, (_, i) => anImage(i, use));

describe('ImageSweeper', () => {
  it('removes all others where one cannot be removed', async () => {
    const { left, sweeper } = sweeping(many(250, 'message'), { fails: (id) => id.endsWith(pad(3)) });
    await sweeper.sweep();
    expect([...left.keys()]).toEqual(['message-000003']);
  });

  it('walks a part of the avatars each time, from where it stood, and begins anew after the last', async () => {
    const { asked, left, sweeper } = sweeping(many(1200, 'avatar'), { isWorn: (id) => id !== 'avatar-001150' });
    await sweeper.sweep();
    expect(asked).toHaveLength(500);
    await sweeper.sweep();
    expect([asked.length, left.size]).toEqual([1000, 1200]);
    await sweeper.sweep();
    expect([asked.length, left.size]).toEqual([1200, 1199]);
    await sweeper.sweep();
    expect(asked.at(1200)).toBe('owner-0');
  });

  it('lets others work after each picture, and stops at shutdown', async () => {
    for (const use of ['message', 'avatar'] as const) {
      const { left, sweeper } = sweeping(many(250, use));
      const sweep = sweeper.sweep();
      await new Promise(setImmediate);
      await sweeper.onApplicationShutdown();
      await sweep;
      expect(left.size).toBeGreaterThan(240);
    }
  });
});
