import type { Model } from 'mongoose';
import { WebhookStore, type Expected, type Webhook } from '../../delivery/index.js';
import { reachable } from './mongo-errors.js';
import type { WebhookDocument } from './mongo-operator-schemas.js';

export class MongoWebhookStore extends WebhookStore {
  constructor(private readonly webhooks: Model<WebhookDocument>) {
    super();
  }

  async add({ id: _id, ...webhook }: Webhook): Promise<void> {
    await reachable(this.webhooks.create({ _id, ...webhook }));
  }

  async list({ before, limit }: { before: string | null; limit: number }): Promise<Webhook[]> {
    const query = this.webhooks
      .find(before === null ? {} : { _id: { $lt: before } })
      .sort({ _id: -1 })
      .limit(limit);
    return (await reachable(query.lean<WebhookDocument[]>())).map(toWebhook);
  }

  async listEnabled(): Promise<Webhook[]> {
    const query = this.webhooks.find({ enabled: true }).sort({ _id: 1 });
    return (await reachable(query.lean<WebhookDocument[]>())).map(toWebhook);
  }

  async find(id: string): Promise<Webhook | null> {
    const document = await reachable(this.webhooks.findOne({ _id: id }).lean<WebhookDocument>());
    return document && toWebhook(document);
  }

  async edit(
    id: string,
    patch: Partial<Omit<Webhook, 'id' | 'createdAt'>>,
    expected: Expected = {},
  ): Promise<Webhook | null> {
    const update = Object.keys(patch).length > 0 ? { $set: patch } : {};
    const query = this.webhooks.findOneAndUpdate({ _id: id, ...expected }, update, { returnDocument: 'after' });
    const document = await reachable(query.lean<WebhookDocument>());
    return document && toWebhook(document);
  }

  async remove(id: string): Promise<boolean> {
    return (await reachable(this.webhooks.deleteOne({ _id: id }))).deletedCount > 0;
  }
}

/** Documents of version 0.1 lack what came later. */
function toWebhook({ _id, ...webhook }: WebhookDocument): Webhook {
  return { ...{ formerSecrets: [], goneAt: null }, ...webhook, id: _id };
}
