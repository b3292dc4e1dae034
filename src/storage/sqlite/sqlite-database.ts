import { DatabaseSync } from '@photostructure/sqlite';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { retryUntilDeadline } from '../retry.js';
import { StoreUnavailableError } from '../../common/index.js';
import { UnfitStoreError } from '../unfit-store.error.js';
import { MIGRATIONS } from './migrations.js';

type SqlValue = string | number | null;
export type SqlParams = Readonly<Record<string, SqlValue>>;

export type Database = InstanceType<typeof DatabaseSync>;
type Statement = ReturnType<Database['prepare']>;

/** For opening and migrating, in ms. Afterwards a busy file is waited for without blocking this process. */
const OPEN_TIMEOUT = 5000;

/** Primary result codes of sqlite3.h. */
const BUSY = 5;
const CONSTRAINT = 19;
/** PERM, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB: the file is at fault, not our statement. */
const OUT_OF_REACH = [3, BUSY, 6, 8, 10, 11, 13, 14, 26];

/** One SQLite file. The only place that imports the driver, which speaks the API of `node:sqlite`. */
export class SqliteDatabase {
  private readonly db: Database;
  private readonly statements = new Map<string, Statement>();

  /** Throws `UnfitStoreError` where the file cannot be served. */
  constructor(file: string) {
    try {
      this.db = this.open(file);
    } catch (error) {
      throw isOfTheFile(error) ? new UnfitStoreError(`DATABASE_FILE cannot be opened: ${error.message}.`) : error;
    }
  }

  get<Row>(sql: string, params: SqlParams = {}): Row | null {
    return reachable(() => (this.prepare(sql).get(params) as Row | undefined) ?? null);
  }

  /** A row as bare values, parameters in the order of the question marks: for the one read that must be fast. */
  getValues(sql: string, ...params: SqlValue[]): SqlValue[] | null {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.prepare(sql);
      statement.setReturnArrays(true);
    }
    return reachable(() => (statement.get(...params) as SqlValue[] | undefined) ?? null);
  }

  all<Row>(sql: string, params: SqlParams = {}): Row[] {
    return reachable(() => this.prepare(sql).all(params) as Row[]);
  }

  /** Within `transaction`. Returns the number of rows changed. */
  run(sql: string, params: SqlParams = {}): number {
    return this.prepare(sql).run(params).changes;
  }

  /**
   * Runs `work`, synchronous, as one durable transaction. Waits for another process's write without blocking this one.
   * Passes on what `work` throws, with nothing changed.
   */
  transaction<T>(work: () => T): Promise<T> {
    return retryUntilDeadline(isBusy, () => {
      try {
        this.db.exec('BEGIN IMMEDIATE');
        const result = work();
        this.db.exec('COMMIT');
        return result;
      } catch (error) {
        if (this.db.isTransaction) this.db.exec('ROLLBACK');
        throw isOutOfReach(error) && !isBusy(error) ? new StoreUnavailableError(error) : error;
      }
    });
  }

  /** Folds the write-ahead log, which may hold what has been deleted, into the file. Where another process is reading there, later. */
  checkpoint(): void {
    this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** With statements prepared, closing alone would leave the write-ahead log. */
  close(): void {
    this.checkpoint();
    this.statements.clear();
    this.db.close();
  }

  private prepare(sql: string): Statement {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.db.prepare(sql)));
    return statement;
  }

  private open(file: string): Database {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    const db = new DatabaseSync(file, { timeout: OPEN_TIMEOUT });
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    // What is erased is overwritten, and not only forgotten.
    db.exec('PRAGMA secure_delete = ON');
    this.migrate(db);
    db.exec('PRAGMA busy_timeout = 0');
    return db;
  }

  private migrate(db: Database): void {
    db.exec('BEGIN IMMEDIATE');
    const { user_version: applied } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (applied > MIGRATIONS.length)
      throw new UnfitStoreError('The database file was written by a newer version of Oneseat.');
    for (const migration of MIGRATIONS.slice(applied)) db.exec(migration);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    db.exec('COMMIT');
  }
}

/** For looking at a file that servers may be running on. */
export function openReadOnly(file: string): Database {
  return new DatabaseSync(file, { readOnly: true, timeout: OPEN_TIMEOUT });
}

/** The column, as `table.column`, whose uniqueness an insert or update broke; null for any other error. */
export function brokenUnique(error: unknown): string | null {
  if (resultCode(error) !== CONSTRAINT) return null;
  return /UNIQUE constraint failed: ([\w.]+)/.exec((error as Error).message)?.[1] ?? null;
}

function isOutOfReach(error: unknown): boolean {
  return OUT_OF_REACH.includes(resultCode(error) ?? 0);
}

/** The file, its folder or its disk is at fault: what SQLite says, or Node of the folder. */
function isOfTheFile(error: unknown): error is Error {
  const { syscall, message } = error as NodeJS.ErrnoException;
  return isOutOfReach(error) || syscall !== undefined || message.endsWith('unable to open database file');
}

function isBusy(error: unknown): boolean {
  return resultCode(error) === BUSY;
}

function resultCode(error: unknown): number | null {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code & 0xff : null;
}

function reachable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw isOutOfReach(error) ? new StoreUnavailableError(error) : error;
  }
}
