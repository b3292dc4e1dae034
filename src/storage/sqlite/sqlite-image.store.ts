import { ImageStore, type Image } from '../../media/index.js';
import type { SqliteDatabase } from './sqlite-database.js';

interface ImageRow {
  id: string;
  owner_id: string;
  use: Image['use'];
  message_id: string | null;
  viewers: string;
  confirmed: number;
  created_at: number;
}

export class SqliteImageStore extends ImageStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async add(image: Image): Promise<void> {
    await this.db.transaction(() => this.db.run(INSERT, toRow(image)));
  }

  async find(id: string): Promise<Image | null> {
    const row = this.db.get<ImageRow>('SELECT * FROM images WHERE id = :id', { id });
    return row && fromRow(row);
  }

  async confirm(id: string): Promise<void> {
    await this.db.transaction(() => this.db.run('UPDATE images SET confirmed = 1 WHERE id = :id', { id }));
  }

  async remove(id: string): Promise<void> {
    await this.db.transaction(() => this.db.run('DELETE FROM images WHERE id = :id', { id }));
  }

  async listUnconfirmed(before: Date, limit: number): Promise<Image[]> {
    return this.db.all<ImageRow>(UNCONFIRMED, { before: before.getTime(), limit }).map(fromRow);
  }

  async listAvatars(after: string | null, limit: number): Promise<Image[]> {
    return this.db.all<ImageRow>(AVATARS, { after: after ?? '', limit }).map(fromRow);
  }

  async listOwned(ownerId: string, limit: number): Promise<Image[]> {
    return this.db.all<ImageRow>(OWNED, { owner_id: ownerId, limit }).map(fromRow);
  }
}

const INSERT = `
  INSERT INTO images (id, owner_id, use, message_id, viewers, confirmed, created_at)
  VALUES (:id, :owner_id, :use, :message_id, :viewers, :confirmed, :created_at)`;

const UNCONFIRMED = `
  SELECT * FROM images WHERE confirmed = 0 AND created_at < :before ORDER BY created_at, id LIMIT :limit`;

const AVATARS = "SELECT * FROM images WHERE use = 'avatar' AND id > :after ORDER BY id LIMIT :limit";

const OWNED = 'SELECT * FROM images WHERE owner_id = :owner_id ORDER BY id LIMIT :limit';

function toRow({ id, ownerId, use, messageId, viewers, confirmed, createdAt }: Image) {
  return {
    id,
    owner_id: ownerId,
    use,
    message_id: messageId,
    viewers: JSON.stringify(viewers),
    confirmed: confirmed ? 1 : 0,
    created_at: createdAt.getTime(),
  };
}

function fromRow({ id, owner_id, use, message_id, viewers, confirmed, created_at }: ImageRow): Image {
  return {
    id,
    ownerId: owner_id,
    use,
    messageId: message_id,
    viewers: JSON.parse(viewers) as string[],
    confirmed: confirmed === 1,
    createdAt: new Date(created_at),
  };
}
