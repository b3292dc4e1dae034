import { Injectable, Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { SYSTEM, type Actor } from '../accounts/index.js';
import { AuditLog } from '../audit/index.js';
import { Clock } from '../common/index.js';
import { DeliveryStore } from './delivery.store.js';
import { WebhookUrls } from './webhook-url.service.js';
import { WebhookNotFoundError } from './webhook.errors.js';
import { FORMER_SECRET_MS, newWebhookSecret, type Webhook } from './webhook.js';
import { WebhookStore } from './webhook.store.js';

type Given = Pick<Webhook, 'url' | 'events' | 'enabled'>;

/** What administrators do with webhooks. Everything that names one throws `WebhookNotFoundError` where there is none. */
@Injectable()
export class WebhooksService {
  private readonly logger = new Logger(WebhooksService.name);

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
    const fresh = { id: uuidv7(), secret: newWebhookSecret(), createdAt: this.clock.now() };
    const webhook = { ...fresh, former: null, goneAt: null, ...given };
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
    return found(await this.webhooks.edit(id, { ...patch, ...(patch.enabled && { goneAt: null }) }));
  }

  /** For a day requests are signed with the old secret, too. */
  async rotateSecret(id: string, actor: Actor): Promise<Webhook> {
    const { secret } = await this.get(id);
    await this.record('webhook.secret_rotated', actor, id);
    const former = { secret, until: new Date(this.clock.now().getTime() + FORMER_SECRET_MS) };
    return found(await this.webhooks.edit(id, { secret: newWebhookSecret(), former }));
  }

  /**
   * The receiver at that address has answered that it is gone for good: nothing is sent to it until an administrator turns it on again.
   * Nothing where the webhook has another address by now, or is off.
   */
  async end(id: string, url: string): Promise<void> {
    const webhook = await this.webhooks.find(id);
    if (!webhook?.enabled || webhook.url !== url) return;
    const goneAt = this.clock.now();
    this.logger.warn({ webhook: id }, 'a webhook was turned off, because its receiver has answered 410 Gone');
    await this.record('webhook.gone', SYSTEM, id);
    await this.webhooks.edit(id, { enabled: false, goneAt });
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
