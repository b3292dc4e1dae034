import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../accounts/index.js';
import { AuditLog } from '../audit/index.js';
import { Clock } from '../common/index.js';
import { DeliveryStore } from './delivery.store.js';
import { WebhookUrls } from './webhook-url.service.js';
import { WebhookNotFoundError } from './webhook.errors.js';
import { newWebhookSecret, type Webhook } from './webhook.js';
import { WebhookStore } from './webhook.store.js';

type Given = Pick<Webhook, 'url' | 'events' | 'enabled'>;

/** What administrators do with webhooks. Everything that names one throws `WebhookNotFoundError` where there is none. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly webhooks: WebhookStore,
    private readonly deliveries: DeliveryStore,
    private readonly urls: WebhookUrls,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Throws `InvalidFieldError` for an address that is not allowed. */
  async register(given: Given, actor: Actor): Promise<Webhook> {
    await this.urls.check(given.url);
    const webhook = { id: uuidv7(), secret: newWebhookSecret(), createdAt: this.clock.now(), ...given };
    await this.record('webhook.registered', actor, webhook.id, given);
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
  async edit(id: string, patch: Partial<Given>, actor: Actor): Promise<Webhook> {
    if (patch.url !== undefined) await this.urls.check(patch.url);
    await this.get(id);
    await this.record('webhook.edited', actor, id, patch);
    return found(await this.webhooks.edit(id, patch));
  }

  /** The old secret signs nothing any more, from now on. */
  async rotateSecret(id: string, actor: Actor): Promise<Webhook> {
    await this.get(id);
    await this.record('webhook.secret_rotated', actor, id);
    return found(await this.webhooks.edit(id, { secret: newWebhookSecret() }));
  }

  async remove(id: string, actor: Actor): Promise<void> {
    await this.get(id);
    await this.record('webhook.removed', actor, id);
    if (!(await this.webhooks.remove(id))) throw new WebhookNotFoundError();
    await this.deliveries.removeTarget(id);
  }

  /** Of an address only the origin: its path may be a secret. */
  private record(type: string, actor: Actor, webhookId: string, { url, ...given }: Partial<Given> = {}): Promise<void> {
    const origin = url === undefined ? {} : { origin: new URL(url).origin };
    return this.audit.record({ type, actor, details: { webhookId, ...origin, ...given } });
  }
}

function found(webhook: Webhook | null): Webhook {
  if (!webhook) throw new WebhookNotFoundError();
  return webhook;
}
