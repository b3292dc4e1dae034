import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import mongoose from 'mongoose';
import type { TestStore } from './stores.js';

/** Everything in the store, as bytes: the database with its -wal and -shm, or all documents. */
export async function contentOf({ settings }: TestStore): Promise<string> {
  if (settings.DATABASE_FILE) {
    const folder = dirname(settings.DATABASE_FILE);
    const files = readdirSync(folder).filter((name) => name.startsWith(basename(settings.DATABASE_FILE!)));
    return files.map((name) => readFileSync(join(folder, name), 'latin1')).join('\n');
  }
  const connection = await mongoose.createConnection(settings.MONGODB_URI!).asPromise();
  const collections = await connection.db!.collections();
  const documents = await Promise.all(collections.map((collection) => collection.find().toArray()));
  await connection.close();
  return JSON.stringify(documents);
}
