import { Logger } from '@nestjs/common';
import { StoreUnavailableError, type Clock } from '../common/index.js';
import { withDeadline } from './deadline.js';
import { DeliveryFailure } from './delivery-failure.js';
import type { DeliveryTarget } from './delivery-target.js';
import type { Delivery } from './delivery.js';
import type { DeliveryStore } from './delivery.store.js';
import { decideRetry, restAfter } from './retry.rules.js';

/** Of one target, in one process, at the same time. */
const CONCURRENCY = 8;
/** For one try, in ms, whatever the target. */
const DEADLINE = 20_000;
/** Longer than a try and its bookkeeping take, in ms. What its process never settles is due again then. */
const LEASE = 30_000;

/** Sends what is due to one target. While the target fails it is probed by one delivery at a time, with rests in between. */
export class TargetPump {
  private readonly logger = new Logger(TargetPump.name);
  private readonly inFlight = new Set<Promise<void>>();
  private failures = 0;
  private restsUntil = 0;
  private claiming: Promise<void> | null = null;
  private again = false;

  constructor(
    private readonly store: DeliveryStore,
    private readonly clock: Clock,
    /** The target as it is now; null while it is to get nothing. */
    private readonly find: () => Promise<DeliveryTarget | null>,
    private readonly signals: { readonly stop: AbortSignal; readonly breakOff: AbortSignal },
  ) {}

  /** Looks for what is due, unless it does so already: then once more afterwards. */
  wake(): void {
    this.again = true;
    this.claiming ??= this.claimAll().finally(() => (this.claiming = null));
  }

  get isIdle(): boolean {
    return this.claiming === null && this.inFlight.size === 0;
  }

  /** Resolves once nothing is claimed or sent any more. */
  async idle(): Promise<void> {
    while (!this.isIdle) await Promise.all([this.claiming, ...this.inFlight]);
  }

  private async claimAll(): Promise<void> {
    try {
      while (this.again && !this.signals.stop.aborted) {
        this.again = false;
        await this.claimDue();
      }
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) this.logger.error({ err: error }, 'deliveries not claimed');
    }
  }

  private async claimDue(): Promise<void> {
    const now = this.clock.now();
    const free = (this.failures > 0 ? 1 : CONCURRENCY) - this.inFlight.size;
    if (free <= 0 || now.getTime() < this.restsUntil) return;
    const target = await this.find();
    if (!target) return;
    for (const delivery of await this.store.claim(target.id, now, new Date(now.getTime() + LEASE), free)) {
      const work = this.deliver(target, delivery).finally(() => {
        this.inFlight.delete(work);
        this.wake();
      });
      this.inFlight.add(work);
    }
  }

  private async deliver(target: DeliveryTarget, delivery: Delivery): Promise<void> {
    const failure = await this.send(target, delivery);
    const now = this.clock.now();
    const outcome = failure
      ? decideRetry(delivery.attempts, failure, now, Math.random())
      : { state: 'delivered' as const };
    if (outcome.state === 'dead') {
      this.logger.warn({ target: target.id, delivery: delivery.id, reason: outcome.lastError }, 'delivery given up');
    }
    try {
      await this.store.settle(delivery, outcome, now);
    } catch (error) {
      this.logger.warn({ err: error }, 'outcome of a delivery not stored; it will be sent again under the same id');
    }
  }

  /** Null where it arrived. */
  private async send(target: DeliveryTarget, delivery: Delivery): Promise<DeliveryFailure | null> {
    try {
      await withDeadline(this.clock, DEADLINE, this.signals.breakOff, (signal) => target.send(delivery, signal));
      this.failures = 0;
      return null;
    } catch (error) {
      const failure = DeliveryFailure.of(error);
      if (!failure.isFinal) {
        this.failures += 1;
        if (this.failures === 1) this.logger.warn({ target: target.id, reason: failure.reason }, 'a target fails');
        const rest = restAfter(this.failures, failure.pause);
        // Another one on its way may have heard of a longer rest.
        this.restsUntil = Math.max(this.restsUntil, this.clock.now().getTime() + rest);
      }
      return failure;
    }
  }
}
