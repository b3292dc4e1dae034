import { WebhookStore, type Expected, type Webhook } from '../../delivery/index.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { revive } from './sqlite-json.js';

interface WebhookRow {
  id: string;
  url: string;
  secret: string;
  events: string;
  enabled: number;
  created_at: number;
  former_secrets: string;
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

  async edit(
    id: string,
    patch: Partial<Omit<Webhook, 'id' | 'createdAt'>>,
    expected: Expected = {},
  ): Promise<Webhook | null> {
    return this.db.transaction(() => {
      const row = this.db.get<WebhookRow>(FIND, { id });
      const found = row && fromRow(row);
      if (!found || !isAs(found, expected)) return null;
      const webhook = { ...found, ...patch };
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
  INSERT INTO webhooks (id, url, secret, events, enabled, created_at, former_secrets, gone_at)
  VALUES (:id, :url, :secret, :events, :enabled, :created_at, :former_secrets, :gone_at)`;

const FIND = 'SELECT * FROM webhooks WHERE id = :id';

const LIST = 'SELECT * FROM webhooks WHERE :before IS NULL OR id < :before ORDER BY id DESC LIMIT :limit';

const UPDATE = `
  UPDATE webhooks SET url = :url, secret = :secret, events = :events, enabled = :enabled,
  former_secrets = :former_secrets, gone_at = :gone_at WHERE id = :id`;

function toRow({ id, url, secret, events, enabled, createdAt, formerSecrets, goneAt }: Webhook) {
  return {
    id,
    url,
    secret,
    events: JSON.stringify(events),
    enabled: enabled ? 1 : 0,
    created_at: createdAt.getTime(),
    former_secrets: JSON.stringify(formerSecrets),
    gone_at: goneAt?.getTime() ?? null,
  };
}

function fromRow(row: WebhookRow): Webhook {
  const { id, url, secret, events, enabled, created_at, former_secrets, gone_at } = row;
  return {
    id,
    url,
    secret,
    events: JSON.parse(events) as Webhook['events'],
    enabled: enabled === 1,
    createdAt: new Date(created_at),
    formerSecrets: revive<Webhook['formerSecrets']>(former_secrets),
    goneAt: gone_at === null ? null : new Date(gone_at),
  };
}

function isAs(webhook: Webhook, expected: Expected): boolean {
  return Object.entries(expected).every(([name, value]) => webhook[name as keyof Expected] === value);
}
