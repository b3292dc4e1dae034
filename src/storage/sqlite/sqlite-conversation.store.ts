import { ConversationStore, type ConversationEntry, type ConversationQuery } from '../../messages/index.js';
import type { SqliteDatabase } from './sqlite-database.js';

interface ConversationRow {
  one: string;
  other: string;
  place: string;
}

export class SqliteConversationStore extends ConversationStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async listOf(userId: string, { after, before, limit }: ConversationQuery): Promise<ConversationEntry[]> {
    const rows =
      after === undefined
        ? this.db.all<ConversationRow>(LIST_BEFORE, { user_id: userId, before: before ?? AFTER_ALL_IDS, limit })
        : this.db.all<ConversationRow>(LIST_AFTER, { user_id: userId, after, limit });
    return rows.map(({ one, other, place }) => ({ other: one === userId ? other : one, place }));
  }

  async listMutual(userId: string, others: readonly string[]): Promise<Set<string>> {
    const rows = this.db.all<{ other: string }>(LIST_MUTUAL, { user_id: userId, others: JSON.stringify(others) });
    return new Set(rows.map(({ other }) => other));
  }

  async removeOf(userId: string, limit: number): Promise<number> {
    return this.db.transaction(() => this.db.run(REMOVE_OF, { user_id: userId, after: '', limit }));
  }
}

const AFTER_ALL_IDS = 'g';

/** A person is one of the two or the other, by their ids: `conversationOf`. */
const list = (condition: string, order: 'ASC' | 'DESC') => {
  const listAs = (role: 'one' | 'other') => `
    SELECT * FROM (SELECT * FROM conversations INDEXED BY conversations_of_${role}
    WHERE ${role} = :user_id AND ${condition} ORDER BY place ${order} LIMIT :limit)`;
  return `${listAs('one')} UNION ALL ${listAs('other')} ORDER BY place ${order} LIMIT :limit`;
};

const LIST_BEFORE = list('place < :before', 'DESC');

const LIST_AFTER = list('place > :after', 'ASC');

const wrote = (from: string, to: string) =>
  `EXISTS (SELECT 1 FROM messages INDEXED BY messages_between WHERE sender = ${from} AND recipient = ${to})`;

const LIST_MUTUAL = `
  SELECT value AS other FROM json_each(:others) WHERE ${wrote('value', ':user_id')} AND ${wrote(':user_id', 'value')}`;

const REMOVE_OF = `DELETE FROM conversations WHERE id IN (SELECT id FROM (${LIST_AFTER}))`;
