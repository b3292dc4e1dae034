import type { Model } from 'mongoose';
import { DirectoryStore, type DirectoryQuery } from '../../admin/index.js';
import { isEnded, type EndedSession, type Session } from '../../accounts/index.js';
import { liveSessions, toEndedSession, tombstonesIn } from './mongo-documents.js';
import { reachable } from './mongo-errors.js';
import type { EndedSessionDocument, LiveSessionDocument, UserDocument } from './mongo-account-schemas.js';

const SESSIONS = { live: 1, seen: 1, outbox: 1 };

/** Users whose events are just being handed on: more than that only where listeners have been failing for a while. */
const MAX_WAITING = 200;

/**
 * `live_sessions` says in which users' documents the newest live sessions stand, and `ended_sessions` has the ended ones; both
 * follow when the user's events are handed on. So those users are read first whose events still wait, and nothing is missed.
 */
export class MongoDirectoryStore extends DirectoryStore {
  constructor(
    private readonly users: Model<UserDocument>,
    private readonly live: Model<LiveSessionDocument>,
    private readonly history: Model<EndedSessionDocument>,
  ) {
    super();
  }

  async listSessions(query: DirectoryQuery): Promise<(Session | EndedSession)[]> {
    const { state, limit } = query;
    const waiting = await this.listWaiting(query);
    const live = state === 'ended' || query.userId ? [] : await this.listLive(query);
    const ended = state === 'live' ? [] : await this.listEnded(query);
    // One that ended meanwhile was met twice: what came last is what it is.
    const byId = new Map([...waiting, ...live, ...ended].map((session) => [session.id, session]));
    return [...byId.values()]
      .filter((session) => matches(session, query))
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, limit);
  }

  /** All sessions of the user asked for, or of those whose events wait, apart from what is in the history. */
  private async listWaiting({ userId }: DirectoryQuery): Promise<(Session | EndedSession)[]> {
    const query = userId
      ? this.users.find({ _id: userId }, SESSIONS)
      : this.users
          .find({ pendingSince: { $gt: new Date(0) } }, SESSIONS)
          .sort({ pendingSince: -1 })
          .limit(MAX_WAITING);
    const documents = await reachable(query.lean<UserDocument[]>());
    return documents.flatMap(sessionsIn);
  }

  private async listLive(query: DirectoryQuery): Promise<(Session | EndedSession)[]> {
    const { ip, deviceClass, before, limit } = query;
    const found: (Session | EndedSession)[] = [];
    for (let from = before; ;) {
      const filter = { ...(ip && { ip }), ...(deviceClass && { deviceClass }), ...(from && { _id: { $lt: from } }) };
      const rows = await reachable(this.live.find(filter).sort({ _id: -1 }).limit(limit).lean<LiveSessionDocument[]>());
      found.push(...(await this.readListed(rows)).filter((session) => matches(session, query)));
      const last = rows.at(-1);
      if (!last || rows.length < limit || found.length >= limit) return found;
      from = last._id;
    }
  }

  /**
   * The listed sessions as they are now: one that has ended since may stand in the outbox, and not yet in the history.
   * A row that another process wrote again after the end of its session goes.
   */
  private async readListed(rows: readonly LiveSessionDocument[]): Promise<(Session | EndedSession)[]> {
    const userIds = [...new Set(rows.map(({ userId }) => userId))];
    const query = this.users.find({ _id: { $in: userIds } }, SESSIONS);
    const documents = await reachable(query.lean<UserDocument[]>());
    const byId = new Map(documents.flatMap(sessionsIn).map((session) => [session.id, session]));
    const dead = rows.map(({ _id }) => _id).filter((id) => !byId.has(id));
    if (dead.length > 0) await reachable(this.live.deleteMany({ _id: { $in: dead } }));
    return rows.flatMap(({ _id }) => byId.get(_id) ?? []);
  }

  private async listEnded({ userId, ip, deviceClass, before, limit }: DirectoryQuery): Promise<EndedSession[]> {
    const filter = {
      ...(userId && { userId }),
      ...(ip && { ip }),
      ...(deviceClass && { 'device.class': deviceClass }),
      ...(before && { _id: { $lt: before } }),
    };
    const query = this.history.find(filter).sort({ _id: -1 }).limit(limit);
    return (await reachable(query.lean<EndedSessionDocument[]>())).map(toEndedSession);
  }
}

function sessionsIn(document: UserDocument): (Session | EndedSession)[] {
  return [...liveSessions(document), ...tombstonesIn(document.outbox)];
}

function matches(session: Session | EndedSession, query: DirectoryQuery): boolean {
  const { state, userId, ip, deviceClass, before } = query;
  return (
    (state === 'all' || isEnded(session) === (state === 'ended')) &&
    (userId === null || session.userId === userId) &&
    (ip === null || session.ip === ip) &&
    (deviceClass === null || session.device.class === deviceClass) &&
    (before === null || session.id < before)
  );
}
