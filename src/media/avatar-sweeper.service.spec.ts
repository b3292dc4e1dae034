import { Logger } from '@nestjs/common';
import { anAccount, manyImages } from '../../test/support/records.js';
import type { AccountStore } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { AvatarSweeper } from './avatar-sweeper.service.js';
import { avatarUrl } from './image.rules.js';
import type { ImageStore } from './image.store.js';
import type { Images } from './images.service.js';

Logger.overrideLogger(false);

/** So many avatars; `isWorn` says which of them are. */
function sweeping(count: number, isWorn = (_: string) => false) {
  const left = new Map(manyImages(count, 'avatar').map((image) => [image.id, image]));
  const asked: string[] = [];
  const store = {
    listAvatars: async (after: string | null, limit: number) =>
      [...left.values()].filter(({ id }) => id > (after ?? '')).slice(0, limit),
  } as unknown as ImageStore;
  const accounts = {
    find: async (id: string) => {
      asked.push(id);
      const [worn] = [...left.values()].filter((image) => image.ownerId === id && isWorn(image.id));
      return anAccount({ id, avatarUrl: worn ? avatarUrl(worn.id) : null });
    },
  } as unknown as AccountStore;
  const images = { discard: async (id: string) => void left.delete(id) } as unknown as Images;
  return { left, asked, sweeper: new AvatarSweeper(store, accounts, images, new Clock()) };
}

describe('AvatarSweeper', () => {
  it('walks a part of the avatars each time, from where it stood, and begins anew after the last', async () => {
    const { asked, left, sweeper } = sweeping(1200, (id) => id !== 'avatar-001150');
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
    const { left, sweeper } = sweeping(250);
    const sweep = sweeper.sweep();
    await new Promise(setImmediate);
    await sweeper.onApplicationShutdown();
    await sweep;
    expect(left.size).toBeGreaterThan(240);
  });
});
