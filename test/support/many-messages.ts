import { getModelToken } from '@nestjs/mongoose';
import type { INestApplicationContext } from '@nestjs/common';
import type { Model } from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { conversationOf } from '../../src/messages/index.js';
import type { MessageDocument } from '../../src/storage/mongo/mongo-message-schema.js';
import { SqliteDatabase } from '../../src/storage/sqlite/sqlite-database.js';
import type { Engine } from './stores.js';

/** Puts so many unread messages of one conversation, the first of it, right into the store. Returns the id of the last. */
export async function putMessages(
  engine: Engine,
  context: INestApplicationContext,
  { from, to, count }: { from: string; to: string; count: number },
): Promise<string> {
  const conversation = conversationOf(from, to);
  const messages = Array.from({ length: count }, (_, index) => ({ id: uuidv7(), seq: index + 1 }));
  if (engine === 'sqlite') {
    await context.get(SqliteDatabase, { strict: false }).transaction(() => {
      const db = context.get(SqliteDatabase, { strict: false });
      for (const message of messages) db.run(INSERT, { ...message, conversation, sender: from, recipient: to });
    });
  } else {
    const { collection } = context.get<Model<MessageDocument>>(getModelToken('Message'), { strict: false });
    const same = { conversation, from, to, text: 'Hello', imageId: null, createdAt: new Date(0), readAt: null };
    const documents = messages.map(({ id, seq }) => ({ _id: id, seq, ...same }));
    for (let at = 0; at < count; at += 1000) await collection.insertMany(documents.slice(at, at + 1000) as never[]);
  }
  return messages.at(-1)!.id;
}

const INSERT = `
  INSERT INTO messages (id, conversation, seq, sender, recipient, text, created_at)
  VALUES (:id, :conversation, :seq, :sender, :recipient, 'Hello', 0)`;
