import { Injectable } from '@nestjs/common';
import type { AccountEvent } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { Outbox } from '../outbox/index.js';
import { newDelivery } from './delivery.js';
import { DeliveryStore } from './delivery.store.js';
import { DeliveryTargets } from './delivery-targets.service.js';
import { DeliveryDispatcher } from './dispatcher.service.js';

/** Listens: makes a delivery of each event for each target that is told of it. */
@Injectable()
export class FanOut {
  constructor(
    private readonly store: DeliveryStore,
    private readonly targets: DeliveryTargets,
    private readonly dispatcher: DeliveryDispatcher,
    private readonly clock: Clock,
    outbox: Outbox,
  ) {
    outbox.listen((event) => this.fanOut(event));
  }

  private async fanOut(event: AccountEvent): Promise<void> {
    const now = this.clock.now();
    const deliveries = (await this.targets.list()).flatMap((target) => {
      const payload = target.payloadOf(event);
      return payload ? [newDelivery(event, target.id, payload, now)] : [];
    });
    if (deliveries.length === 0) return;
    await this.store.add(deliveries);
    for (const { target } of deliveries) this.dispatcher.wake(target);
  }
}
