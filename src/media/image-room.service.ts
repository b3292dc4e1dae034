import { Injectable } from '@nestjs/common';
import { ImagesBusyError } from './image.errors.js';

/** Bytes of memory for all pictures together that are on their way in. */
const MEMORY = 64 * 1024 * 1024;
/** Pictures of one person that are taken at a time. */
const MAX_PER_PERSON = 4;

/** Memory for pictures that are being read: there are never more of them than it is set aside for. */
@Injectable()
export class ImageRoom {
  private readonly taken: { readonly personId: string; readonly bytes: number }[] = [];

  /** Until the function that it returns is called. Throws `ImagesBusyError`. */
  take(personId: string, bytes: number): () => void {
    const all = this.taken.reduce((sum, other) => sum + other.bytes, bytes);
    const own = this.taken.filter((other) => other.personId === personId);
    if (all > MEMORY || own.length >= MAX_PER_PERSON) throw new ImagesBusyError();
    const place = { personId, bytes };
    this.taken.push(place);
    return () => {
      const index = this.taken.indexOf(place);
      if (index >= 0) this.taken.splice(index, 1);
    };
  }
}
