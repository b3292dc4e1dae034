import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { StoreUnavailableError } from '../common/index.js';

/** What a room keeps of people. */
export interface PersonalDataSource {
  /** The member of the export that it becomes. */
  readonly name: string;
  /** All of it, as its person may see it: one by one, or as a whole. Absent where there is nothing to show. */
  export?(userId: string): AsyncIterable<object> | Promise<unknown>;
  /** For an account that has been deleted. May be called again at any time, also where nothing is left. */
  erase?(userId: string): Promise<void>;
}

/** Small, so that no single step holds up requests. */
const BATCH = 50;
/** Of what waits for others, as removing a file in a cloud does. */
const AT_ONCE = 5;

/** Rooms register here what they keep of people, so that all of it can be handed out and erased. */
@Injectable()
export class PersonalData implements BeforeApplicationShutdown {
  private readonly registered: PersonalDataSource[] = [];
  private stopping = false;

  register(source: PersonalDataSource): void {
    this.registered.push(source);
  }

  /** In the order of their names. */
  get sources(): readonly PersonalDataSource[] {
    return [...this.registered].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Asks every room. One that fails keeps no other from it; then its error is thrown. Breaks off when the service stops. */
  async erase(userId: string): Promise<void> {
    const failures: unknown[] = [];
    for (const source of this.sources) {
      this.assertGoingOn();
      try {
        await source.erase?.(userId);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  /** Takes steps until one has found less to do than it might have. Breaks off when the service stops: the rest is done after its start. */
  async inBatches(step: (limit: number) => Promise<number>): Promise<void> {
    while ((await step(BATCH)) === BATCH) {
      this.assertGoingOn();
      await nextTurn();
    }
  }

  /** Does it for each, a few at a time. Ends none in the middle, and begins no more when one has failed or the service stops: then it throws. */
  async forEach<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
    for (let from = 0; from < items.length; from += AT_ONCE) {
      this.assertGoingOn();
      const done = await Promise.allSettled(items.slice(from, from + AT_ONCE).map(work));
      for (const one of done) if (one.status === 'rejected') throw one.reason;
    }
  }

  /** Before the outbox waits for what it hands on. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  private assertGoingOn(): void {
    if (this.stopping) throw new StoreUnavailableError(new Error('the service stops'));
  }
}

/** Everything of a list that is read page by page, each page from behind the last item of the one before. */
export async function* everyItem<T extends { readonly id: string }>(
  read: (behind: string | null, limit: number) => Promise<readonly T[]>,
): AsyncIterable<T> {
  for (let behind: string | null = null; ;) {
    const page = await read(behind, BATCH);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < BATCH) return;
    behind = last.id;
  }
}
