import type { Model } from 'mongoose';
import { LastSeenStore } from '../../sessions/index.js';
import { liveSessions } from './mongo-documents.js';
import { reachable } from './mongo-errors.js';
import type { EndedSessionDocument, UserDocument } from './mongo-account-schemas.js';

const FIELDS = { 'live.id': 1, 'live.lastSeenAt': 1, seen: 1, 'outbox.session.lastSeenAt': 1 };

/** Live sessions stand in the user's document, as do, for a moment, those that have ended; then they are in the history. */
export class MongoLastSeenStore extends LastSeenStore {
  constructor(
    private readonly users: Model<UserDocument>,
    private readonly history: Model<EndedSessionDocument>,
  ) {
    super();
  }

  async list(userIds: readonly string[]): Promise<Map<string, Date>> {
    // In this order, as a session that ends goes from here to there.
    const users = await reachable(this.users.find({ _id: { $in: [...userIds] } }, FIELDS).lean<UserDocument[]>());
    const ended = await reachable(
      this.history.aggregate<{ _id: string; at: Date }>([
        { $match: { userId: { $in: [...userIds] } } },
        // With the index this reads one entry of each person.
        { $sort: { userId: -1, lastSeenAt: -1 } },
        { $group: { _id: '$userId', at: { $first: '$lastSeenAt' } } },
      ]),
    );
    const latest = new Map(ended.map(({ _id, at }) => [_id, at]));
    for (const user of users) {
      const times = [
        latest.get(user._id),
        ...liveSessions(user).map((session) => session.lastSeenAt),
        ...endingIn(user),
      ];
      const at = Math.max(...times.map((time) => time?.getTime() ?? 0));
      if (at > 0) latest.set(user._id, new Date(at));
    }
    return latest;
  }
}

function endingIn({ outbox }: UserDocument): (Date | undefined)[] {
  return outbox.map((entry) => ('session' in entry ? entry.session?.lastSeenAt : undefined));
}
