import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../common/index.js';
import type { Delivery } from './delivery.js';
import { DeliveryStore, type DeliveryQuery } from './delivery.store.js';
import { DeliveryDispatcher } from './dispatcher.service.js';
import { WebhookUrls } from './webhook-url.service.js';
import { DeliveryNotFoundError, WebhookNotFoundError } from './webhook.errors.js';
import { newWebhookSecret, type Webhook } from './webhook.js';
import { WebhookStore } from './webhook.store.js';

type Given = Pick<Webhook, 'url' | 'events' | 'enabled'>;

/** What administrators do with webhooks. Everything that names one throws `WebhookNotFoundError` where there is none. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly webhooks: WebhookStore,
    private readonly deliveries: DeliveryStore,
    private readonly dispatcher: DeliveryDispatcher,
    private readonly urls: WebhookUrls,
    private readonly clock: Clock,
  ) {}

  /** Throws `InvalidFieldError` for an address that is not allowed. */
  async register(given: Given): Promise<Webhook> {
    await this.urls.check(given.url);
    const webhook = { id: uuidv7(), secret: newWebhookSecret(), createdAt: this.clock.now(), ...given };
    await this.webhooks.add(webhook);
    return webhook;
  }

  list(query: { before: string | null; limit: number }): Promise<Webhook[]> {
    return this.webhooks.list(query);
  }

  async get(id: string): Promise<Webhook> {
    return found(await this.webhooks.find(id));
  }

  /** Throws `InvalidFieldError` for an address that is not allowed. */
  async edit(id: string, patch: Partial<Given>): Promise<Webhook> {
    if (patch.url !== undefined) await this.urls.check(patch.url);
    return found(await this.webhooks.edit(id, patch));
  }

  /** The old secret signs nothing any more, from now on. */
  async rotateSecret(id: string): Promise<Webhook> {
    return found(await this.webhooks.edit(id, { secret: newWebhookSecret() }));
  }

  async remove(id: string): Promise<void> {
    if (!(await this.webhooks.remove(id))) throw new WebhookNotFoundError();
    await this.deliveries.removeTarget(id);
  }

  async listDeliveries(id: string, query: DeliveryQuery): Promise<Delivery[]> {
    await this.get(id);
    return this.deliveries.list(id, query);
  }

  /** Throws `DeliveryNotFoundError` for one that is not dead. */
  async redeliver(id: string, deliveryId: string): Promise<void> {
    await this.get(id);
    if (!(await this.deliveries.redeliver(id, deliveryId, this.clock.now()))) throw new DeliveryNotFoundError();
    this.dispatcher.wake(id);
  }
}

function found(webhook: Webhook | null): Webhook {
  if (!webhook) throw new WebhookNotFoundError();
  return webhook;
}
