import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { Config } from '../config/index.js';
import { TargetGoneError } from './delivery-failure.js';
import type { DeliveryTarget } from './delivery-target.js';
import { FormerContactTarget } from './former-contact.target.js';
import { MailTarget } from './mail.target.js';
import { PushTarget } from './push.target.js';
import { SignedPost } from './signed-post.service.js';
import { TextTarget } from './text.target.js';
import { validFormerSecrets, webhookPayload, type Webhook } from './webhook.js';
import { WebhookStore } from './webhook.store.js';
import { WebhooksService } from './webhooks.service.js';

/** All that are told of events now: the webhooks that are enabled, text messages, and mail and push where they are configured. */
@Injectable()
export class DeliveryTargets {
  private readonly fixed: readonly DeliveryTarget[];

  constructor(
    private readonly webhooks: WebhookStore,
    private readonly post: SignedPost,
    private readonly administration: WebhooksService,
    private readonly config: Config,
    private readonly clock: Clock,
    mail: MailTarget,
    push: PushTarget,
    text: TextTarget,
    formerContact: FormerContactTarget,
  ) {
    this.fixed = [formerContact, text, ...(config.mail ? [mail] : []), ...(config.push ? [push] : [])];
  }

  async list(): Promise<DeliveryTarget[]> {
    const webhooks = await this.webhooks.listEnabled();
    return [...this.fixed, ...webhooks.map((webhook) => this.toTarget(webhook))];
  }

  /** Null for one that is off or gone. */
  async find(id: string): Promise<DeliveryTarget | null> {
    const fixed = this.fixed.find((target) => target.id === id);
    if (fixed) return fixed;
    const webhook = await this.webhooks.find(id);
    return webhook?.enabled ? this.toTarget(webhook) : null;
  }

  private toTarget(webhook: Webhook): DeliveryTarget {
    const { id, url, secret } = webhook;
    const formerSecrets = validFormerSecrets(webhook, this.clock.now()).map((former) => former.secret);
    const target = { url, secret, formerSecrets, mayBePrivate: this.config.webhookAllowPrivate };
    return {
      id,
      payloadOf: (event) => webhookPayload(webhook, event),
      send: async (delivery, signal) => {
        try {
          await this.post.send(target, delivery.id, delivery.payload, signal);
        } catch (error) {
          if (error instanceof TargetGoneError) await this.administration.end(id, url);
          throw error;
        }
      },
    };
  }
}
