import type { FactoryProvider } from '@nestjs/common';
import { Clock } from '../../common/index.js';
import { Config } from '../../config/index.js';
import { ImageStorage } from '../image.storage.js';
import { DiskImageStorage } from './disk-image.storage.js';

/** Picks the adapter by the configuration. The clouds' libraries are loaded only where they are needed. */
export const IMAGE_STORAGE: FactoryProvider<ImageStorage> = {
  provide: ImageStorage,
  inject: [Config, Clock],
  useFactory: async ({ images }: Config, clock: Clock) => {
    switch (images.kind) {
      case 'disk':
        return new DiskImageStorage(images.folder);
      case 's3':
        return new (await import('./s3-image.storage.js')).S3ImageStorage(images);
      case 'cloudinary':
        return new (await import('./cloudinary-image.storage.js')).CloudinaryImageStorage(images, clock);
    }
  },
};
