import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { BackupError, collisionNote, StoreMaintenance } from '../store-maintenance.js';
import { MIGRATIONS } from './migrations.js';
import { openReadOnly, type Database } from './sqlite-database.js';

export class SqliteStoreMaintenance extends StoreMaintenance {
  constructor(private readonly databaseFile: string) {
    super();
  }

  async backUp(file: string): Promise<void> {
    if (!existsSync(this.databaseFile)) throw new BackupError(`There is no database file at ${this.databaseFile}.`);
    reserve(file);
    try {
      // One snapshot; the backup API would start over each time a server writes.
      this.read((db) => db.prepare('VACUUM INTO ?').run(file));
      const copy = openSync(file, 'r+');
      fsyncSync(copy);
      closeSync(copy);
      const faults = faultsOf(file);
      if (faults.length > 0) throw new BackupError(`The copy is not sound: ${faults.join('; ')}.`);
    } catch (error) {
      rmSync(file, { force: true });
      throw error instanceof BackupError ? error : new BackupError('The copy could not be written.', error);
    }
  }

  async findFaults(): Promise<string[]> {
    if (!existsSync(this.databaseFile)) {
      return [`there is no database file at ${this.databaseFile}; the first start creates it`];
    }
    try {
      return [...faultsOf(this.databaseFile), ...this.read(unapplied)];
    } catch (error) {
      return [`the database file cannot be read: ${(error as Error).message}`];
    }
  }

  /** None where the file cannot be read, which is a fault. */
  async findNotes(): Promise<string[]> {
    try {
      return this.read((db) => {
        const rows = db.prepare(COLLIDED).all() as { user_id: string; at: number; kept_by: string }[];
        return rows.map(({ user_id: userId, at, kept_by: keptById }) => collisionNote(userId, keptById, new Date(at)));
      });
    } catch {
      return [];
    }
  }

  private read<T>(work: (db: Database) => T): T {
    return reading(this.databaseFile, work);
  }
}

const COLLIDED = `
  SELECT user_id, at, details ->> 'keptById' AS kept_by FROM audit
  WHERE type = 'contact.changed' AND kept_by IS NOT NULL ORDER BY at, id`;

/** Creates the file, for its owner alone: it will hold hashes and contacts. */
function reserve(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new BackupError(
      exists ? `${file} exists; a backup overwrites nothing.` : `${file} cannot be created.`,
      error,
    );
  }
}

function reading<T>(file: string, work: (db: Database) => T): T {
  const db = openReadOnly(file);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

function faultsOf(file: string): string[] {
  return reading(file, (db) => {
    const damage = db.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
    const orphans = db.prepare('PRAGMA foreign_key_check').all() as { table: string; parent: string }[];
    return [
      ...damage.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
      ...orphans.map(({ table, parent }) => `a row of ${table} refers to nothing in ${parent}`),
    ];
  });
}

function unapplied(db: Database): string[] {
  const { user_version: applied } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (applied === MIGRATIONS.length) return [];
  return applied > MIGRATIONS.length
    ? ['the database file was written by a newer version of Oneseat']
    : [`${MIGRATIONS.length - applied} migrations are not applied; the next start applies them`];
}
