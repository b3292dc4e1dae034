import { Logger } from '@nestjs/common';
import type { Connection, IndexDefinition, mongo } from 'mongoose';
import { isDeepStrictEqual } from 'node:util';
import pLimit from 'p-limit';
import { UnfitStoreError } from '../unfit-store.error.js';
import { WAITING } from './mongo-account-schemas.js';

/** Indexes that are built at the same time. More would only wait for a connection each. */
const AT_ONCE = 8;

/** Over many documents. The driver hands this on to the socket; its types do not know it. */
const AS_LONG_AS_IT_TAKES = { socketTimeoutMS: 0 } as mongo.CommandOperationOptions;

/** Builds missing indexes, those of all collections side by side. */
export class MongoIndexes {
  private readonly logger = new Logger(MongoIndexes.name);

  constructor(private readonly connection: Connection) {}

  /** Throws `UnfitStoreError` with the name of one that correctness needs. Without another only speed is missing, and the next start tries again. */
  async build(): Promise<void> {
    const turn = pLimit(AT_ONCE);
    const indexes = Object.values(this.connection.models).flatMap(({ schema, collection }) =>
      schema
        .indexes()
        .map(([fields, options]) => turn(() => this.buildOne(collection.name, fields, options as mongo.IndexOptions))),
    );
    await Promise.all(indexes);
  }

  private async buildOne(collection: string, fields: IndexDefinition, options: mongo.IndexOptions): Promise<void> {
    try {
      await this.connection
        .db!.collection(collection)
        .createIndex(fields as mongo.IndexSpecification, options, AS_LONG_AS_IT_TAKES);
    } catch (error) {
      const index = options.name ?? Object.entries(fields).flat().join('_');
      // Not the message of the error: it may hold what is stored.
      const { codeName, name } = error as Error & { codeName?: string };
      if (isNeeded(fields, options)) {
        throw new UnfitStoreError(`MongoDB cannot build the index ${index} on ${collection}: ${codeName ?? name}.`);
      }
      this.logger.warn({ err: error, collection, index }, 'index not built');
    }
  }
}

/** What is unique by it, and what is asked for by it alone. */
function isNeeded(fields: IndexDefinition, { unique }: mongo.IndexOptions): boolean {
  return unique === true || isDeepStrictEqual(fields, WAITING);
}
