import { ImagesBusyError } from './image.errors.js';

interface Bounds {
  /** Bytes of all pictures together. */
  readonly memory: number;
  /** Pictures of one person. */
  readonly perPerson: number;
}

/** Pictures on their way in: what is being read comes into memory only where there is room for it. */
export const READING: Bounds = { memory: 64 * 1024 * 1024, perPerson: 4 };

/** Room for pictures at one stage of their way: never more of them than memory is set aside for, and no one person has all of it. */
export class ImageRoom {
  private readonly taken: { readonly personId: string; readonly bytes: number }[] = [];

  constructor(private readonly bounds: Bounds) {}

  /** Until the function that it returns is called. Throws `ImagesBusyError`. */
  take(personId: string, bytes: number): () => void {
    const all = this.taken.reduce((sum, other) => sum + other.bytes, bytes);
    const own = this.taken.filter((other) => other.personId === personId);
    if (all > this.bounds.memory || own.length >= this.bounds.perPerson) throw new ImagesBusyError();
    const place = { personId, bytes };
    this.taken.push(place);
    return () => {
      const index = this.taken.indexOf(place);
      if (index >= 0) this.taken.splice(index, 1);
    };
  }
}
