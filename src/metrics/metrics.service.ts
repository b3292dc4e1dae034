import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { Accounts, type AccountEvent } from '../accounts/index.js';
import { PasswordHasher } from '../auth/index.js';
import { Clock } from '../common/index.js';
import { OutboxStore } from '../outbox/index.js';
import { SessionStore } from '../sessions/index.js';

/** What is read from the store is read at most this often, in ms. */
const FRESH_MS = 10_000;

/** Numbers of this process, and of the store it shares; no personal data. A registry of its own for each application. */
@Injectable()
export class Metrics implements OnModuleDestroy {
  readonly registry = new Registry();

  private readonly requests = new Histogram({
    name: 'oneseat_http_request_duration_seconds',
    help: 'Requests by route pattern, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
    registers: [this.registry],
  });
  private readonly logins = this.counter('oneseat_logins_total', 'Sessions started by this process.');
  private readonly refusals = this.counter('oneseat_refusals_total', 'Logins that the policy turned away.');
  private readonly ended = new Counter({
    name: 'oneseat_sessions_ended_total',
    help: 'Sessions ended by this process, by reason.',
    labelNames: ['reason'],
    registers: [this.registry],
  });
  private readonly hintsDropped = new Counter({
    name: 'oneseat_hints_dropped_total',
    help: 'Hints of other nodes that were not taken, by reason.',
    labelNames: ['reason'],
    registers: [this.registry],
  });

  constructor(accounts: Accounts, sessions: SessionStore, outbox: OutboxStore, hasher: PasswordHasher, clock: Clock) {
    collectDefaultMetrics({ register: this.registry });
    // At the commit, not when the events are handed on: that may happen twice, or in another process.
    accounts.onCommit((_, events) => this.count(events));
    this.gauge('oneseat_live_sessions', 'Live sessions in the store.', clock, () => sessions.countLive());
    this.gauge('oneseat_outbox_waiting', 'Accounts whose events wait to be handed on.', clock, () =>
      outbox.countWaiting(),
    );
    this.gauge('oneseat_hash_queue_length', 'Passwords that wait to be hashed here.', null, async () => hasher.waiting);
  }

  /** `route`: its pattern, for a path may hold a mobile number; null where none was found. */
  request(route: string | null, method: string, status: number, seconds: number): void {
    this.requests.observe({ route: route ?? 'none', method, status }, seconds);
  }

  /** A hint from Redis was not authentic. */
  hintDropped(reason: string): void {
    this.hintsDropped.inc({ reason });
  }

  onModuleDestroy(): void {
    this.registry.clear();
  }

  private count(events: readonly AccountEvent[]): void {
    for (const event of events) {
      if (event.type === 'session.started') this.logins.inc();
      else if (event.type === 'session.refused') this.refusals.inc();
      else if (event.type === 'session.ended') this.ended.inc({ reason: event.session.endReason });
    }
  }

  private counter(name: string, help: string): Counter {
    return new Counter({ name, help, registers: [this.registry] });
  }

  /** Read when it is asked for; with a clock not more often than every 10 s. NaN while the store cannot be reached. */
  private gauge(name: string, help: string, clock: Clock | null, read: () => Promise<number>): void {
    let readAt = -Infinity;
    const gauge = new Gauge({
      name,
      help,
      registers: [this.registry],
      collect: async () => {
        const now = clock?.now().getTime() ?? Infinity;
        if (now - readAt < FRESH_MS) return;
        readAt = now;
        gauge.set(await read().catch(() => NaN));
      },
    });
  }
}
