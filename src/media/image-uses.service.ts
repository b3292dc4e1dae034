import { Injectable } from '@nestjs/common';
import type { Image } from './image.js';

export type IsInUse = (image: Image) => Promise<boolean>;

/** Who knows, beside the pictures' own rows, whether a message's picture is in use. */
@Injectable()
export class ImageUses {
  private readonly knowing: IsInUse[] = [];

  /** At construction, before anything is swept. What it throws leaves the picture where it is. */
  register(isInUse: IsInUse): void {
    this.knowing.push(isInUse);
  }

  async isInUse(image: Image): Promise<boolean> {
    for (const isInUse of this.knowing) if (await isInUse(image)) return true;
    return false;
  }
}
