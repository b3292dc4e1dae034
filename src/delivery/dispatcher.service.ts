import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { setMaxListeners } from 'node:events';
import { Clock, Rounds, StoreUnavailableError } from '../common/index.js';
import { Config } from '../config/index.js';
import { DeliveryTargets } from './delivery-targets.service.js';
import type { DeliveryState } from './delivery.js';
import { DeliveryStore } from './delivery.store.js';
import { FORMER_CONTACT } from './former-contact.target.js';
import { TargetPump } from './target-pump.js';
import { WebhooksService } from './webhooks.service.js';

const EVERY_MS = 500;
const TIDY_EVERY_MS = 60_000;
const TIDY_BATCH = 200;
/** How long what is being sent may take to finish at the end. */
const GRACE_MS = 3000;

const [HOUR, DAY] = [3_600_000, 86_400_000];
/** Kept so long, in ms, so that an event that is handed on once more is recognised. */
const KEEP_DONE = HOUR;
/** Longer than all pauses together: what a target could not even be tried with. */
const KEEP_PENDING = 3 * DAY;

/** Sends deliveries to all targets, each by a pump of its own. Any number of processes may do so. */
@Injectable()
export class DeliveryDispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliveryDispatcher.name);
  private readonly pumps = new Map<string, TargetPump>();
  /** Nothing more is claimed; then: what is being sent is broken off. */
  private readonly stop = new AbortController();
  private readonly breakOff = new AbortController();
  private readonly wakeRounds = new Rounds(this.clock, EVERY_MS, () => this.safely(() => this.wakeAll()));
  private readonly tidyRounds = new Rounds(this.clock, TIDY_EVERY_MS, () => this.safely(() => this.tidy()));

  constructor(
    private readonly store: DeliveryStore,
    private readonly targets: DeliveryTargets,
    private readonly webhooks: WebhooksService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    // One for each delivery on its way.
    setMaxListeners(0, this.breakOff.signal);
  }

  onApplicationBootstrap(): void {
    this.wakeRounds.start();
    this.tidyRounds.start();
  }

  /** What is being sent finishes. What does not in time is broken off and tried again later under the same id. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    const rounds = [this.wakeRounds.stop(), this.tidyRounds.stop()];
    const idle = Promise.all([...rounds, ...[...this.pumps.values()].map((pump) => pump.idle())]);
    await Promise.race([idle, this.clock.pause(GRACE_MS)]);
    this.breakOff.abort();
    await idle;
  }

  /** There is something new for the target. */
  wake(targetId: string): void {
    if (this.stop.signal.aborted) return;
    let pump = this.pumps.get(targetId);
    if (!pump) {
      const signals = { stop: this.stop.signal, breakOff: this.breakOff.signal };
      pump = new TargetPump(this.store, this.clock, () => this.targets.find(targetId), signals);
      this.pumps.set(targetId, pump);
    }
    pump.wake();
  }

  async tidy(): Promise<void> {
    const now = this.clock.now();
    const ago = (ms: number) => new Date(now.getTime() - ms);
    const before = {
      delivered: ago(KEEP_DONE),
      pending: ago(KEEP_PENDING),
      dead: ago(this.config.historyDays * DAY),
    };
    await this.tidyAll(null, before, now);
    // Nobody can look at these or send them again, and they hold an address.
    await this.tidyAll(FORMER_CONTACT, { ...before, dead: ago(KEEP_DONE) }, now);
    await this.webhooks.forgetSecrets();
  }

  private async tidyAll(target: string | null, before: Record<DeliveryState, Date>, now: Date): Promise<void> {
    await this.tidyRounds.drain(TIDY_BATCH, () => this.store.tidy(target, before, now, TIDY_BATCH));
  }

  private async wakeAll(): Promise<void> {
    const ids = (await this.targets.list()).map(({ id }) => id);
    for (const [id, pump] of this.pumps) if (!ids.includes(id) && pump.isIdle) this.pumps.delete(id);
    for (const id of ids) this.wake(id);
  }

  private async safely(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) this.logger.error({ err: error }, 'deliveries not looked after');
    }
  }
}
