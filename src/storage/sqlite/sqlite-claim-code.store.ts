import { ClaimCodeStore, type ClaimCode } from '../../auth/index.js';
import type { SqliteDatabase } from './sqlite-database.js';

interface ClaimCodeRow {
  request_hash: string;
  contact_hash: string;
  hash: string;
  tries_left: number;
  expires_at: number;
}

export class SqliteClaimCodeStore extends ClaimCodeStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async add({ requestHash, contactHash, hash, triesLeft, expiresAt }: ClaimCode, now: Date): Promise<void> {
    await this.db.transaction(() => {
      this.db.run('DELETE FROM claim_codes WHERE expires_at <= :now', { now: now.getTime() });
      this.db.run(ADD, {
        request_hash: requestHash,
        contact_hash: contactHash,
        hash,
        tries_left: triesLeft,
        expires_at: expiresAt.getTime(),
      });
    });
  }

  async countTry(requestHash: string, now: Date): Promise<ClaimCode | null> {
    const params = { request_hash: requestHash, now: now.getTime() };
    const row = await this.db.transaction(() => this.db.get<ClaimCodeRow>(COUNT_TRY, params));
    return (
      row && {
        requestHash,
        contactHash: row.contact_hash,
        hash: row.hash,
        triesLeft: row.tries_left + 1,
        expiresAt: new Date(row.expires_at),
      }
    );
  }

  async drop(requestHash: string): Promise<void> {
    const params = { request_hash: requestHash };
    await this.db.transaction(() => this.db.run('DELETE FROM claim_codes WHERE request_hash = :request_hash', params));
  }
}

const ADD = `
  INSERT INTO claim_codes (request_hash, contact_hash, hash, tries_left, expires_at)
  VALUES (:request_hash, :contact_hash, :hash, :tries_left, :expires_at)`;

const COUNT_TRY = `
  UPDATE claim_codes SET tries_left = tries_left - 1
  WHERE request_hash = :request_hash AND tries_left > 0 AND expires_at > :now
  RETURNING *`;
