import { Logger } from '@nestjs/common';
import { manyImages } from '../../test/support/records.js';
import { Clock } from '../common/index.js';
import { ImageUses } from './image-uses.service.js';
import type { ImageStore } from './image.store.js';
import type { Images } from './images.service.js';
import { UnsentImageSweeper } from './unsent-image-sweeper.service.js';

Logger.overrideLogger(false);

/** Two hundred and fifty pictures whose messages were never stored; `fails` says which cannot be removed. */
function sweeping(fails = (_: string) => false) {
  const left = new Map(manyImages(250, 'message').map((image) => [image.id, image]));
  const store = {
    listUnconfirmed: async (_: Date, limit: number) => [...left.values()].slice(0, limit),
  } as unknown as ImageStore;
  const images = {
    discard: async (id: string) => {
      if (fails(id)) throw new Error('the storage fails');
      left.delete(id);
    },
  } as unknown as Images;
  return { left, sweeper: new UnsentImageSweeper(store, images, new ImageUses(), new Clock()) };
}

describe('UnsentImageSweeper', () => {
  it('removes all others where one cannot be removed', async () => {
    const { left, sweeper } = sweeping((id) => id.endsWith('000003'));
    await sweeper.sweep();
    expect([...left.keys()]).toEqual(['message-000003']);
  });

  it('lets others work after each picture, and stops at shutdown', async () => {
    const { left, sweeper } = sweeping();
    const sweep = sweeper.sweep();
    await new Promise(setImmediate);
    await sweeper.onApplicationShutdown();
    await sweep;
    expect(left.size).toBeGreaterThan(240);
  });
});
