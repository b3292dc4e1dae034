import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PeopleStore, Person } from './people.store.js';

/** People who are read at once. */
const CHUNK = 200;

export interface PeopleQuery {
  /** Only people who came before the one with this id; null from the newest on. */
  readonly before: string | null;
  readonly limit: number;
  /** People who are read altogether, found or not, before what there is is handed back. */
  readonly maxRead: number;
}

/**
 * Those whom `isMeant` picks, newest first. `next` is where the search goes on, null where nothing is left: a page may be
 * short, even empty, before that. Reads the people one after the other, for no index helps to find part of a name.
 */
export async function findPeople(
  store: PeopleStore,
  isMeant: (person: Person) => boolean,
  { before, limit, maxRead }: PeopleQuery,
): Promise<{ found: Person[]; next: string | null }> {
  const found: Person[] = [];
  let next = before;
  for (let read = 0; read < maxRead; read += CHUNK) {
    const people = await store.list(next, CHUNK);
    for (const person of people) {
      next = person.id;
      if (isMeant(person)) found.push(person);
      if (found.length === limit) return { found, next };
    }
    if (people.length < CHUNK) return { found, next: null };
    await nextTurn();
  }
  return { found, next };
}
