import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PeopleStore, Person } from './people.store.js';

/** People who are read at once. */
const CHUNK = 200;

export interface PeopleQuery {
  /** Only what comes behind this place; null from the start on. */
  readonly before: string | null;
  readonly limit: number;
  /** People who are read altogether, found or not, before what there is is handed back. */
  readonly maxRead: number;
}

/** Somebody in a list, and where the list goes on behind them. Null for one who is not there any more. */
export interface Listed {
  readonly person: Person | null;
  readonly place: string;
}

/** So many of a list, from behind that place on. */
export type ReadPeople = (before: string | null, limit: number) => Promise<readonly Listed[]>;

/** Everybody, newest first. A place is the id of the person. */
export function everybodyIn(store: PeopleStore): ReadPeople {
  return async (before, limit) =>
    (await store.list(before, limit)).map((person): Listed => ({ person, place: person.id }));
}

/**
 * Those whom `isMeant` picks, in the order of the list. `next` is where the search goes on, null where nothing is left: a page may be
 * short, even empty, before that. Reads the people one after the other, for no index helps to find part of a name.
 */
export async function findPeople(
  read: ReadPeople,
  isMeant: (person: Person) => boolean,
  { before, limit, maxRead }: PeopleQuery,
): Promise<{ found: Person[]; next: string | null }> {
  const found: Person[] = [];
  let next = before;
  for (let count = 0; count < maxRead; count += CHUNK) {
    const listed = await read(next, CHUNK);
    for (const { person, place } of listed) {
      next = place;
      if (person && isMeant(person)) found.push(person);
      if (found.length === limit) return { found, next };
    }
    if (listed.length < CHUNK) return { found, next: null };
    await nextTurn();
  }
  return { found, next };
}
