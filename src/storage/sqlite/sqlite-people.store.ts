import { PeopleStore, type Person } from '../../users/index.js';
import { PROFILE_COLUMNS, type ProfileRow } from './sqlite-columns.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { toDate, toProfile } from './sqlite-rows.js';

type PersonRow = ProfileRow & { locked_at: number | null };

/** `id` is a UUIDv7: its order is that of time. */
export class SqlitePeopleStore extends PeopleStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async list(before: string | null, limit: number): Promise<Person[]> {
    return this.db.all<PersonRow>(LIST, { before: before ?? AFTER_ALL_IDS, limit }).map(toPerson);
  }

  async find(ids: readonly string[]): Promise<Person[]> {
    return this.db.all<PersonRow>(FIND, { ids: JSON.stringify(ids) }).map(toPerson);
  }
}

const AFTER_ALL_IDS = 'g';

const PEOPLE = `SELECT ${PROFILE_COLUMNS.join(', ')}, locked_at FROM users`;

const LIST = `${PEOPLE} WHERE id < :before AND deleted_at IS NULL ORDER BY id DESC LIMIT :limit`;

const FIND = `${PEOPLE} WHERE id IN (SELECT value FROM json_each(:ids)) AND deleted_at IS NULL`;

function toPerson(row: PersonRow): Person {
  return { ...toProfile(row), lockedAt: toDate(row.locked_at) };
}
