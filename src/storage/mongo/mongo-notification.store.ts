import type { Model, QueryFilter } from 'mongoose';
import {
  NotificationStore,
  type Notification,
  type NotificationQuery,
  type Silenceable,
} from '../../notifications/index.js';
import { isDuplicateKey, reachable } from './mongo-errors.js';
import type { NotificationDocument } from './mongo-schemas.js';

export class MongoNotificationStore extends NotificationStore {
  constructor(private readonly notifications: Model<NotificationDocument>) {
    super();
  }

  async add({ id: _id, ...notification }: Notification): Promise<void> {
    try {
      await reachable(this.notifications.create({ _id, ...notification }));
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  async list(userId: string, { unreadOnly, before, limit }: NotificationQuery): Promise<Notification[]> {
    const filter = {
      userId,
      ...(unreadOnly && { readAt: null }),
      ...(before && (await this.olderThan(userId, before))),
    };
    const query = this.notifications.find(filter).sort({ createdAt: -1, _id: -1 }).limit(limit);
    return (await reachable(query.lean<NotificationDocument[]>())).map(toNotification);
  }

  async countUnread(userId: string): Promise<number> {
    return reachable(this.notifications.countDocuments({ userId, readAt: null }));
  }

  async find(userId: string, id: string): Promise<Notification | null> {
    const document = await reachable(this.notifications.findOne({ _id: id, userId }).lean<NotificationDocument>());
    return document && toNotification(document);
  }

  async setRead(userId: string, id: string, readAt: Date | null): Promise<void> {
    await reachable(
      this.notifications.updateOne({ _id: id, userId, ...(readAt && { readAt: null }) }, { $set: { readAt } }),
    );
  }

  async removeOfUser(userId: string, limit: number): Promise<number> {
    const found = this.notifications.find({ userId }, { _id: 1 }).limit(limit);
    const ids = (await reachable(found.lean<{ _id: string }[]>())).map(({ _id }) => _id);
    await reachable(this.notifications.deleteMany({ _id: { $in: ids } }));
    return ids.length;
  }

  async setAllRead(userId: string, readAt: Date, { devices, known, after }: Silenceable): Promise<void> {
    const others = { 'device.id': { $nin: [...known] }, createdAt: { $gt: after } };
    const filter = { userId, readAt: null, $or: [{ device: null }, { 'device.id': { $in: [...devices] } }, others] };
    await reachable(this.notifications.updateMany(filter, { $set: { readAt } }));
  }

  /** Nothing is older than a notice that the user does not have. */
  private async olderThan(userId: string, id: string): Promise<QueryFilter<NotificationDocument>> {
    const cursor = await this.find(userId, id);
    if (!cursor) return { _id: { $in: [] } };
    const { createdAt } = cursor;
    return { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: id } }] };
  }
}

/** What documents of version 0.1.0 lack. */
const ADDED_LATER = { numbers: null } as const;

function toNotification({ _id, ...notification }: NotificationDocument): Notification {
  return { id: _id, ...ADDED_LATER, ...notification };
}
