import { WebhookStore, type Webhook } from '../../delivery/index.js';
import type { SqliteDatabase } from './sqlite-database.js';

interface WebhookRow {
  id: string;
  url: string;
  secret: string;
  events: string;
  enabled: number;
  created_at: number;
  former_secret: string | null;
  former_until: number | null;
  gone_at: number | null;
}

export class SqliteWebhookStore extends WebhookStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async add(webhook: Webhook): Promise<void> {
    await this.db.transaction(() => this.db.run(INSERT, toRow(webhook)));
  }

  async list({ before, limit }: { before: string | null; limit: number }): Promise<Webhook[]> {
    return this.db.all<WebhookRow>(LIST, { before, limit }).map(fromRow);
  }

  async listEnabled(): Promise<Webhook[]> {
    return this.db.all<WebhookRow>('SELECT * FROM webhooks WHERE enabled = 1 ORDER BY id').map(fromRow);
  }

  async find(id: string): Promise<Webhook | null> {
    const row = this.db.get<WebhookRow>(FIND, { id });
    return row && fromRow(row);
  }

  async edit(id: string, patch: Partial<Omit<Webhook, 'id' | 'createdAt'>>): Promise<Webhook | null> {
    return this.db.transaction(() => {
      const row = this.db.get<WebhookRow>(FIND, { id });
      if (!row) return null;
      const webhook = { ...fromRow(row), ...patch };
      const { created_at: _, ...columns } = toRow(webhook);
      this.db.run(UPDATE, columns);
      return webhook;
    });
  }

  async remove(id: string): Promise<boolean> {
    return this.db.transaction(() => this.db.run('DELETE FROM webhooks WHERE id = :id', { id }) > 0);
  }
}

const INSERT = `
  INSERT INTO webhooks (id, url, secret, events, enabled, created_at, former_secret, former_until, gone_at)
  VALUES (:id, :url, :secret, :events, :enabled, :created_at, :former_secret, :former_until, :gone_at)`;

const FIND = 'SELECT * FROM webhooks WHERE id = :id';

const LIST = 'SELECT * FROM webhooks WHERE :before IS NULL OR id < :before ORDER BY id DESC LIMIT :limit';

const UPDATE = `
  UPDATE webhooks SET url = :url, secret = :secret, events = :events, enabled = :enabled,
  former_secret = :former_secret, former_until = :former_until, gone_at = :gone_at WHERE id = :id`;

function toRow({ id, url, secret, events, enabled, createdAt, former, goneAt }: Webhook) {
  return {
    id,
    url,
    secret,
    events: JSON.stringify(events),
    enabled: enabled ? 1 : 0,
    created_at: createdAt.getTime(),
    former_secret: former?.secret ?? null,
    former_until: former?.until.getTime() ?? null,
    gone_at: goneAt?.getTime() ?? null,
  };
}

function fromRow(row: WebhookRow): Webhook {
  const { id, url, secret, events, enabled, created_at, former_secret, former_until, gone_at } = row;
  return {
    id,
    url,
    secret,
    events: JSON.parse(events) as Webhook['events'],
    enabled: enabled === 1,
    createdAt: new Date(created_at),
    former: former_secret === null ? null : { secret: former_secret, until: new Date(former_until ?? 0) },
    goneAt: gone_at === null ? null : new Date(gone_at),
  };
}
