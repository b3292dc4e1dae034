import { Injectable, Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { SYSTEM, type Actor } from '../accounts/index.js';
import { AuditLog } from '../audit/index.js';
import { Clock } from '../common/index.js';
import { DeliveryStore } from './delivery.store.js';
import { WebhookUrls } from './webhook-url.service.js';
import { WebhookNotFoundError } from './webhook.errors.js';
import { FORMER_SECRET_MS, newWebhookSecret, validFormerSecrets, type Webhook } from './webhook.js';
import { WebhookStore } from './webhook.store.js';

const PAGE = 100;

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
    const webhook = { ...fresh, formerSecrets: [], goneAt: null, ...given };
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
    await this.get(id);
    await this.record('webhook.secret_rotated', actor, id);
    for (;;) {
      const webhook = await this.get(id);
      const { secret } = webhook;
      const now = this.clock.now();
      const former = { secret, until: new Date(now.getTime() + FORMER_SECRET_MS) };
      const formerSecrets = [former, ...validFormerSecrets(webhook, now)];
      const rotated = await this.webhooks.edit(id, { secret: newWebhookSecret(), formerSecrets }, { secret });
      // Null where another one has just rotated it: whoever got that secret keeps it for a day.
      if (rotated) return rotated;
    }
  }

  /** Secrets that sign no more are no longer kept. */
  async forgetSecrets(): Promise<void> {
    for (let before: string | null = null; ;) {
      const webhooks: Webhook[] = await this.list({ before, limit: PAGE });
      for (const webhook of webhooks) {
        const { id, secret } = webhook;
        const formerSecrets = validFormerSecrets(webhook, this.clock.now());
        if (formerSecrets.length < webhook.formerSecrets.length)
          await this.webhooks.edit(id, { formerSecrets }, { secret });
      }
      if (webhooks.length < PAGE) return;
      before = webhooks.at(-1)!.id;
    }
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
    await this.webhooks.edit(id, { enabled: false, goneAt }, { url, enabled: true });
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
