import {
  NotificationStore,
  type Notification,
  type NotificationQuery,
  type Silenceable,
} from '../../notifications/index.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { toDate } from './sqlite-rows.js';

interface NotificationRow {
  id: string;
  user_id: string;
  kind: Notification['kind'];
  created_at: number;
  read_at: number | null;
  session_id: string | null;
  device: string | null;
  ip: string | null;
  numbers: string | null;
}

export class SqliteNotificationStore extends NotificationStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async add(notification: Notification): Promise<void> {
    await this.db.transaction(() => this.db.run(INSERT, toRow(notification)));
  }

  async list(userId: string, { unreadOnly, before, limit }: NotificationQuery): Promise<Notification[]> {
    const sql = select(unreadOnly, before !== null);
    return this.db.all<NotificationRow>(sql, { user_id: userId, limit, ...(before && { before }) }).map(fromRow);
  }

  async countUnread(userId: string): Promise<number> {
    return this.db.get<{ unread: number }>(COUNT_UNREAD, { user_id: userId })?.unread ?? 0;
  }

  async find(userId: string, id: string): Promise<Notification | null> {
    const row = this.db.get<NotificationRow>(FIND, { user_id: userId, id });
    return row && fromRow(row);
  }

  async setRead(userId: string, id: string, readAt: Date | null): Promise<void> {
    const params = { user_id: userId, id, read_at: readAt && readAt.getTime() };
    await this.db.transaction(() => this.db.run(SET_READ, params));
  }

  async removeOfUser(userId: string, limit: number): Promise<number> {
    return this.db.transaction(() => this.db.run(REMOVE_OF_USER, { user_id: userId, limit }));
  }

  async setAllRead(userId: string, readAt: Date, { devices, known, after }: Silenceable): Promise<void> {
    const lists = { devices: JSON.stringify(devices), known: JSON.stringify(known) };
    const params = { user_id: userId, read_at: readAt.getTime(), after: after.getTime(), ...lists };
    await this.db.transaction(() => this.db.run(SET_ALL_READ, params));
  }
}

const INSERT = `
  INSERT INTO notifications (id, user_id, kind, created_at, read_at, session_id, device, ip, numbers)
  VALUES (:id, :user_id, :kind, :created_at, :read_at, :session_id, :device, :ip, :numbers) ON CONFLICT (id) DO NOTHING`;

const FIND = 'SELECT * FROM notifications WHERE user_id = :user_id AND id = :id';

const COUNT_UNREAD = 'SELECT count(*) AS unread FROM notifications WHERE user_id = :user_id AND read_at IS NULL';

const SET_READ = `
  UPDATE notifications SET read_at = CASE WHEN :read_at IS NULL THEN NULL ELSE coalesce(read_at, :read_at) END
  WHERE user_id = :user_id AND id = :id`;

const REMOVE_OF_USER = `
  DELETE FROM notifications WHERE id IN (SELECT id FROM notifications WHERE user_id = :user_id LIMIT :limit)`;

const SET_ALL_READ = `
  UPDATE notifications SET read_at = :read_at
  WHERE user_id = :user_id AND read_at IS NULL AND (
    device IS NULL
    OR json_extract(device, '$.id') IN (SELECT value FROM json_each(:devices))
    OR (created_at > :after AND json_extract(device, '$.id') NOT IN (SELECT value FROM json_each(:known))))`;

function select(unreadOnly: boolean, fromCursor: boolean): string {
  const after =
    'AND (created_at, id) < (SELECT created_at, id FROM notifications WHERE user_id = :user_id AND id = :before)';
  return `
  SELECT * FROM notifications WHERE user_id = :user_id ${unreadOnly ? 'AND read_at IS NULL' : ''} ${fromCursor ? after : ''}
  ORDER BY created_at DESC, id DESC LIMIT :limit`;
}

function toRow({ id, userId, kind, createdAt, readAt, sessionId, device, ip, numbers }: Notification) {
  return {
    id,
    user_id: userId,
    kind,
    created_at: createdAt.getTime(),
    read_at: readAt && readAt.getTime(),
    session_id: sessionId,
    device: device && JSON.stringify(device),
    ip,
    numbers: numbers && JSON.stringify(numbers),
  };
}

function fromRow(row: NotificationRow): Notification {
  return {
    id: row.id,
    userId: row.user_id,
    kind: row.kind,
    createdAt: new Date(row.created_at),
    readAt: toDate(row.read_at),
    sessionId: row.session_id,
    device: row.device === null ? null : (JSON.parse(row.device) as Notification['device']),
    ip: row.ip,
    numbers: row.numbers === null ? null : (JSON.parse(row.numbers) as number[]),
  };
}
