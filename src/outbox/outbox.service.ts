import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Accounts, type AccountEvent } from '../accounts/index.js';
import { Clock, Rounds, StoreUnavailableError, Turns } from '../common/index.js';
import { OutboxStore } from './outbox.store.js';

/** Handed each event at least once, with the same id each time: what it stores, it stores under that id. */
export type EventListener = (event: AccountEvent) => Promise<void>;

/** Told of each event at least once, before any listener and without being waited for: for what may be missed in a crash. */
export type EventObserver = (event: AccountEvent) => void;

const RESCUE_EVERY_MS = 2000;
/** The committer hands its events on at once; what is older than this has lost it. */
const RESCUE_AFTER_MS = 1000;
const RESCUE_BATCH = 100;
/** Users whose events are handed on at the same time. */
const RESCUE_AT_ONCE = 8;

/** Hands committed events to every listener, then removes them. What a crash leaves behind is handed on by any process. */
@Injectable()
export class Outbox implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Outbox.name);
  private readonly listeners: EventListener[] = [];
  private readonly observers: EventObserver[] = [];
  /** Users being drained here, and whether more was committed meanwhile. */
  private readonly draining = new Map<string, { again: boolean; done: Promise<void> }>();
  private readonly rescueTurns = new Turns(RESCUE_AT_ONCE);
  private readonly rounds = new Rounds(this.clock, RESCUE_EVERY_MS, () => this.rescue());

  constructor(
    private readonly store: OutboxStore,
    private readonly clock: Clock,
    accounts: Accounts,
  ) {
    accounts.onCommit((userId) => void this.drain(userId));
  }

  listen(listener: EventListener): void {
    this.listeners.push(listener);
  }

  /** An event that a failing listener holds up is told again at each try. */
  observe(observer: EventObserver): void {
    this.observers.push(observer);
  }

  onApplicationBootstrap(): void {
    this.rounds.startNow();
    this.rounds.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
    await this.idle();
  }

  /** Resolves once nothing is being handed on here. */
  async idle(): Promise<void> {
    while (this.draining.size > 0) await Promise.all([...this.draining.values()].map(({ done }) => done));
  }

  /** One drain per user at a time keeps the order of events; a commit during it starts another round. */
  private drain(userId: string): Promise<void> {
    const running = this.draining.get(userId);
    if (running) {
      running.again = true;
      return running.done;
    }
    const entry = { again: false, done: Promise.resolve() };
    this.draining.set(userId, entry);
    entry.done = this.drainRounds(userId, entry);
    return entry.done;
  }

  private async drainRounds(userId: string, entry: { again: boolean }): Promise<void> {
    try {
      for (entry.again = true; entry.again;) {
        entry.again = false;
        await this.handOn(userId);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'events not handed on; they will be tried again');
    } finally {
      // In the same step as the last look at `again`: a commit a moment later would set it for nobody.
      this.draining.delete(userId);
    }
  }

  private async handOn(userId: string): Promise<void> {
    const events = await this.store.list(userId);
    for (const event of events) this.tell(event);
    for (const event of events) {
      for (const listener of this.listeners) await listener(event);
    }
    if (events.length > 0)
      await this.store.remove(
        userId,
        events.map(({ id }) => id),
      );
  }

  private tell(event: AccountEvent): void {
    for (const observer of this.observers) {
      try {
        observer(event);
      } catch (error) {
        this.logger.error({ err: error }, 'an observer of events failed');
      }
    }
  }

  /** Over everybody: whose events a listener will not take hold up nobody else's. */
  private async rescue(): Promise<void> {
    try {
      await this.rescueAll(new Date(this.clock.now().getTime() - RESCUE_AFTER_MS));
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) this.logger.error({ err: error }, 'rescue of events failed');
    }
  }

  /** Sees to it that all are handed on, and does not wait until they are: a listener may take long over one. */
  private async rescueAll(before: Date): Promise<void> {
    let userIds: string[] = [];
    do {
      userIds = await this.store.listUsersWaitingSince(before, userIds.at(-1) ?? null, RESCUE_BATCH);
      for (const userId of userIds) {
        if (this.rounds.isStopping) return;
        // What is being handed on already takes up no turn.
        await this.rescueTurns.begin(async () => {
          if (!this.rounds.isStopping && !this.draining.has(userId)) await this.drain(userId);
        });
      }
    } while (userIds.length === RESCUE_BATCH);
  }
}
