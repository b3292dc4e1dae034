import type { Model, QueryFilter } from 'mongoose';
import { ImageStore, type Image } from '../../media/index.js';
import { reachable } from './mongo-errors.js';
import type { ImageDocument } from './mongo-media-schemas.js';

export class MongoImageStore extends ImageStore {
  constructor(private readonly images: Model<ImageDocument>) {
    super();
  }

  async add({ id: _id, ...image }: Image): Promise<void> {
    await reachable(this.images.create({ _id, ...image }));
  }

  async find(id: string): Promise<Image | null> {
    const document = await reachable(this.images.findById(id).lean<ImageDocument>());
    return document && toImage(document);
  }

  async confirm(id: string): Promise<void> {
    await reachable(this.images.updateOne({ _id: id }, { $set: { confirmed: true } }));
  }

  async remove(id: string): Promise<void> {
    await reachable(this.images.deleteOne({ _id: id }));
  }

  listUnconfirmed(before: Date, limit: number): Promise<Image[]> {
    return this.list({ confirmed: false, createdAt: { $lt: before } }, { createdAt: 1, _id: 1 }, limit);
  }

  listAvatars(after: string | null, limit: number): Promise<Image[]> {
    return this.list({ use: 'avatar', _id: { $gt: after ?? '' } }, { _id: 1 }, limit);
  }

  listOwned(ownerId: string, limit: number): Promise<Image[]> {
    return this.list({ ownerId }, { _id: 1 }, limit);
  }

  private async list(filter: QueryFilter<ImageDocument>, order: Record<string, 1>, limit: number): Promise<Image[]> {
    const query = this.images.find(filter).sort(order).limit(limit);
    return (await reachable(query.lean<ImageDocument[]>())).map(toImage);
  }
}

function toImage({ _id, ...image }: ImageDocument): Image {
  return { id: _id, ...image };
}
