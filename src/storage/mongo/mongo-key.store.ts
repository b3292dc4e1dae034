import type { Model } from 'mongoose';
import { KeyStore } from '../../common/index.js';
import { isDuplicateKey, reachable } from './mongo-errors.js';
import type { KeyDocument } from './mongo-schemas.js';

export class MongoKeyStore extends KeyStore {
  constructor(private readonly keys: Model<KeyDocument>) {
    super();
  }

  async getOrCreate(name: string, fresh: string): Promise<string> {
    try {
      await reachable(this.keys.create({ _id: name, value: fresh }));
      return fresh;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    return (await reachable(this.keys.findById(name).lean<KeyDocument>()))!.value;
  }
}
