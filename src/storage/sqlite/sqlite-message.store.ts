import {
  conversationOf,
  MessageStore,
  type Draft,
  type Marked,
  type Message,
  type MessageQuery,
  type ReadStep,
  type Stored,
  type Summary,
} from '../../messages/index.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { fromDate, toDate } from './sqlite-rows.js';

interface MessageRow {
  id: string;
  seq: number;
  sender: string;
  recipient: string;
  text: string | null;
  image_id: string | null;
  created_at: number;
  read_at: number | null;
}

export class SqliteMessageStore extends MessageStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async add(draft: Draft, key: string | null): Promise<Stored> {
    return this.db.transaction(() => {
      const first = key === null ? null : this.db.get<MessageRow>(FIND_BY_KEY, { sender: draft.from, key });
      if (first) return { message: toMessage(first), repeated: true };
      const conversation = conversationOf(draft.from, draft.to);
      const seq = (this.db.get<{ last: number | null }>(LAST_SEQ, { conversation })?.last ?? 0) + 1;
      const message = { ...draft, seq };
      this.db.run(INSERT, { ...toRow(message), conversation, idempotency_key: key });
      this.db.run(MOVE_CONVERSATION, { conversation, place: draft.id });
      return { message, repeated: false };
    });
  }

  async find(id: string): Promise<Message | null> {
    const row = this.db.get<MessageRow>(FIND, { id });
    return row && toMessage(row);
  }

  async listBetween(one: string, other: string, { after, before, limit }: MessageQuery): Promise<Message[]> {
    const conversation = conversationOf(one, other);
    const rows =
      after === undefined
        ? this.db.all<MessageRow>(LIST_BEFORE, { conversation, before: before ?? Number.MAX_SAFE_INTEGER, limit })
        : this.db.all<MessageRow>(LIST_AFTER, { conversation, after, limit });
    return rows.map(toMessage);
  }

  async markRead(reader: string, from: string, { upTo, readAt, limit }: ReadStep): Promise<Marked> {
    const unread = { recipient: reader, sender: from, up_to: upTo };
    return this.db.transaction(() => {
      const seqs = this.db.all<{ seq: number }>(LIST_UNREAD, { ...unread, limit }).map(({ seq }) => seq);
      const seq = seqs.at(-1);
      if (seq === undefined) return { last: null, more: false };
      this.db.run(MARK_READ, { ...unread, up_to: seq, read_at: readAt.getTime() });
      const [last = null] = this.db.all<MessageRow>(LIST_AFTER, {
        conversation: conversationOf(reader, from),
        after: seq - 1,
        limit: 1,
      });
      return { last: last && toMessage(last), more: seqs.length === limit };
    });
  }

  async summarize(userId: string, others: readonly string[]): Promise<Map<string, Summary>> {
    const conversations = JSON.stringify(others.map((other) => conversationOf(userId, other)));
    const counts = this.db.all<{ sender: string; unread: number }>(COUNT_UNREAD, {
      recipient: userId,
      senders: JSON.stringify(others),
    });
    const unread = new Map(counts.map((row) => [row.sender, row.unread]));
    const last = this.db.all<MessageRow>(LIST_LAST, { conversations }).map(toMessage);
    return new Map(
      last.map((message) => {
        const other = message.from === userId ? message.to : message.from;
        return [other, { last: message, unread: unread.get(other) ?? 0 }];
      }),
    );
  }

  async listOf(userId: string, after: string | null, limit: number): Promise<Message[]> {
    return this.db.all<MessageRow>(LIST_OF, { user_id: userId, after: after ?? '', limit }).map(toMessage);
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.db.transaction(() => this.db.run(REMOVE, { ids: JSON.stringify(ids) }));
  }
}

const INSERT = `
  INSERT INTO messages (id, conversation, seq, sender, recipient, text, image_id, created_at, read_at, idempotency_key)
  VALUES (:id, :conversation, :seq, :sender, :recipient, :text, :image_id, :created_at, :read_at, :idempotency_key)`;

/** Forward only: a message whose picture took long has an older id than one that overtook it. */
const MOVE_CONVERSATION = `
  INSERT INTO conversations (id, one, other, place)
  VALUES (:conversation, substr(:conversation, 1, 36), substr(:conversation, 38), :place)
  ON CONFLICT (id) DO UPDATE SET place = max(place, excluded.place)`;

const FIND = 'SELECT * FROM messages WHERE id = :id';

const FIND_BY_KEY = 'SELECT * FROM messages WHERE sender = :sender AND idempotency_key = :key';

const LAST_SEQ = 'SELECT max(seq) AS last FROM messages WHERE conversation = :conversation';

const LIST_BEFORE = `
  SELECT * FROM messages WHERE conversation = :conversation AND seq < :before ORDER BY seq DESC LIMIT :limit`;

const LIST_AFTER = `
  SELECT * FROM messages WHERE conversation = :conversation AND seq > :after ORDER BY seq LIMIT :limit`;

const UNREAD = 'recipient = :recipient AND sender = :sender AND seq <= :up_to AND read_at IS NULL';

const LIST_UNREAD = `SELECT seq FROM messages INDEXED BY messages_unread WHERE ${UNREAD} ORDER BY seq LIMIT :limit`;

const MARK_READ = `UPDATE messages INDEXED BY messages_unread SET read_at = :read_at WHERE ${UNREAD}`;

const LIST_LAST = `
  SELECT m.* FROM json_each(:conversations) asked JOIN messages m ON m.conversation = asked.value
  AND m.seq = (SELECT max(seq) FROM messages WHERE conversation = asked.value)`;

const COUNT_UNREAD = `
  SELECT sender, count(*) AS unread FROM messages INDEXED BY messages_unread
  WHERE recipient = :recipient AND sender IN (SELECT value FROM json_each(:senders)) AND read_at IS NULL GROUP BY sender`;

const REMOVE = 'DELETE FROM messages WHERE id IN (SELECT value FROM json_each(:ids))';

const listAs = (role: 'sender' | 'recipient') => `
  SELECT * FROM (SELECT * FROM messages INDEXED BY messages_of_${role}
  WHERE ${role} = :user_id AND id > :after ORDER BY id LIMIT :limit)`;

const LIST_OF = `${listAs('sender')} UNION ALL ${listAs('recipient')} ORDER BY id LIMIT :limit`;

function toRow({
  id,
  seq,
  from,
  to,
  text,
  imageId,
  createdAt,
  readAt,
}: Message): MessageRow & Record<string, string | number | null> {
  return {
    id,
    seq,
    sender: from,
    recipient: to,
    text,
    image_id: imageId,
    created_at: createdAt.getTime(),
    read_at: fromDate(readAt),
  };
}

function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    seq: row.seq,
    from: row.sender,
    to: row.recipient,
    text: row.text,
    imageId: row.image_id,
    createdAt: new Date(row.created_at),
    readAt: toDate(row.read_at),
  };
}
