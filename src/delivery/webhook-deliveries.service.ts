import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/index.js';
import { AuditLog } from '../audit/index.js';
import { Clock } from '../common/index.js';
import type { Delivery } from './delivery.js';
import { DeliveryStore, type DeliveryQuery } from './delivery.store.js';
import { DeliveryDispatcher } from './dispatcher.service.js';
import { DeliveryNotFoundError } from './webhook.errors.js';
import { WebhooksService } from './webhooks.service.js';

/** What waits for a webhook, and what was given up. Both calls throw `WebhookNotFoundError`. */
@Injectable()
export class WebhookDeliveries {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly deliveries: DeliveryStore,
    private readonly dispatcher: DeliveryDispatcher,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(webhookId: string, query: DeliveryQuery): Promise<Delivery[]> {
    await this.webhooks.get(webhookId);
    return this.deliveries.list(webhookId, query);
  }

  /** Throws `DeliveryNotFoundError` for one that is not dead. */
  async redeliver(webhookId: string, deliveryId: string, actor: Actor): Promise<void> {
    await this.webhooks.get(webhookId);
    await this.audit.record({ type: 'delivery.redelivered', actor, details: { webhookId, deliveryId } });
    const again = await this.deliveries.redeliver(webhookId, deliveryId, this.clock.now());
    if (!again) throw new DeliveryNotFoundError();
    this.dispatcher.wake(webhookId);
  }
}
