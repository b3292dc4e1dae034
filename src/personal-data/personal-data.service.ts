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

  /** Asks every room. One that fails keeps no other from it; then its error is thrown. */
  async erase(userId: string): Promise<void> {
    const failures: unknown[] = [];
    for (const source of this.sources) {
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
      if (this.stopping) throw new StoreUnavailableError(new Error('the service stops'));
      await nextTurn();
    }
  }

  /** Before the outbox waits for what it hands on. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
  }
}

/** Everything of a list that is read page by page, each page behind the last item of the one before. */
export async function* everyItem<T extends { readonly id: string }>(
  read: (before: string | null, limit: number) => Promise<readonly T[]>,
): AsyncIterable<T> {
  for (let before: string | null = null; ;) {
    const page = await read(before, BATCH);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < BATCH) return;
    before = last.id;
  }
}
