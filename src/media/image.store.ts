import type { Image } from './image.js';

/** What is known of pictures. Every failure to reach the store is a `StoreUnavailableError`. */
export abstract class ImageStore {
  abstract add(image: Image): Promise<void>;

  /** Null where there is none. */
  abstract find(id: string): Promise<Image | null>;

  /** One that is confirmed already, or not there, is left as it is. */
  abstract confirm(id: string): Promise<void>;

  /** One that is not there is passed over. */
  abstract remove(id: string): Promise<void>;

  /** Not confirmed and made before then, the oldest first. At most `limit`. */
  abstract listUnconfirmed(before: Date, limit: number): Promise<Image[]>;

  /** Those after the id, by id; null from the first on. At most `limit`. */
  abstract listAvatars(after: string | null, limit: number): Promise<Image[]>;

  /** What the person gave, by id. At most `limit`. */
  abstract listOwned(ownerId: string, limit: number): Promise<Image[]>;
}
