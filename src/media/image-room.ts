import { ImagesBusyError } from './image.errors.js';

const MIB = 1024 * 1024;

interface Bounds {
  /** Bytes of all pictures together. */
  readonly memory: number;
  /** Pictures of one person, and their bytes. */
  readonly perPerson: { readonly pictures: number; readonly memory: number };
}

interface Place {
  readonly personId: string;
  readonly bytes: number;
}

/** Pictures on their way in: what is being read comes into memory only where there is room for it. */
export const READING: Bounds = { memory: 96 * MIB, perPerson: { pictures: 4, memory: 36 * MIB } };

/** Room for pictures at one stage of their way: never more of them than memory is set aside for, and no one person has all of it. */
export class ImageRoom {
  private readonly taken: Place[] = [];

  constructor(private readonly bounds: Bounds) {}

  /** Until the function that it returns is called. Throws `ImagesBusyError`. */
  take(personId: string, bytes: number): () => void {
    const { memory, perPerson } = this.bounds;
    const place = { personId, bytes };
    const all = [...this.taken, place];
    const own = all.filter((other) => other.personId === personId);
    if (bytesOf(all) > memory || bytesOf(own) > perPerson.memory || own.length > perPerson.pictures)
      throw new ImagesBusyError();
    this.taken.push(place);
    return () => {
      const index = this.taken.indexOf(place);
      if (index >= 0) this.taken.splice(index, 1);
    };
  }
}

function bytesOf(places: readonly Place[]): number {
  return places.reduce((sum, { bytes }) => sum + bytes, 0);
}
