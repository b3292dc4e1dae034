import type { Model } from 'mongoose';
import { overdueAt, timeoutOf, type EndedSession, type Session } from '../../accounts/index.js';
import {
  SessionStore,
  type FoundSession,
  type SessionQuery,
  type SessionRef,
  type SessionUse,
} from '../../sessions/index.js';
import { liveSessions, PROFILE_FIELDS, toEndedSession, tombstonesIn, toProfile } from './mongo-documents.js';
import { reachable } from './mongo-errors.js';
import type { EndedSessionDocument, LiveSessionDocument, UserDocument } from './mongo-account-schemas.js';

const PROFILE = Object.fromEntries(PROFILE_FIELDS.map((field) => [field, 1]));

/**
 * Live sessions stand in the user's document. One that has ended stands in its outbox first and in the history afterwards,
 * for a moment in both: look in that order, and it is never missed.
 */
export class MongoSessionStore extends SessionStore {
  constructor(
    private readonly users: Model<UserDocument>,
    private readonly live: Model<LiveSessionDocument>,
    private readonly history: Model<EndedSessionDocument>,
  ) {
    super();
  }

  async find(userId: string, sessionId: string): Promise<FoundSession | null> {
    const fields = { ...PROFILE, live: { $elemMatch: { id: sessionId } }, [`seen.${sessionId}`]: 1 };
    const document = await reachable(this.users.findById(userId).select(fields).lean<UserDocument>());
    if (!document) return null;
    const [live] = liveSessions(document);
    const session = live ?? (await this.findEnded(userId, sessionId));
    return session && { user: toProfile(document), session };
  }

  async findUserId(sessionId: string): Promise<string | null> {
    const waiting = { $or: [{ 'live.id': sessionId }, { 'outbox.session.id': sessionId }] };
    const document = await reachable(this.users.findOne(waiting, { _id: 1 }).lean<{ _id: string }>());
    if (document) return document._id;
    return (await reachable(this.history.findById(sessionId).lean()))?.userId ?? null;
  }

  async list(userId: string, { state, before, limit }: SessionQuery): Promise<(Session | EndedSession)[]> {
    const fields = { live: 1, seen: 1, outbox: 1 };
    const document = await reachable(this.users.findOne({ _id: userId }, fields).lean<UserDocument>());
    if (!document) return [];
    const live = state === 'ended' ? [] : liveSessions(document);
    const waiting = state === 'live' ? [] : tombstonesIn(document.outbox);
    const ended = state === 'live' ? [] : await this.listHistory(userId, before, limit);
    const byId = new Map([...live, ...waiting, ...ended].map((session) => [session.id, session]));
    return [...byId.values()]
      .filter(({ id }) => before === null || id < before)
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, limit);
  }

  async listLive(sessions: readonly SessionRef[], now: Date): Promise<string[]> {
    const asked = new Set(sessions.map(({ sessionId }) => sessionId));
    const users = [...new Set(sessions.map(({ userId }) => userId))];
    const query = this.users.find({ _id: { $in: users } }, { live: 1, seen: 1 });
    const live = (await reachable(query.lean<UserDocument[]>())).flatMap(liveSessions);
    return live.filter((session) => asked.has(session.id) && !timeoutOf(session, now)).map(({ id }) => id);
  }

  async touch(uses: readonly SessionUse[]): Promise<void> {
    const operations = uses.map(({ userId, sessionId, at }) => ({
      updateOne: { filter: { _id: userId, 'live.id': sessionId }, update: { $max: { [`seen.${sessionId}`]: at } } },
    }));
    await reachable(this.users.bulkWrite(operations, { ordered: false }));
  }

  /** `dueAt` knows nothing of uses: where it came too early, it is put right on the way. */
  async listOverdueUsers(now: Date, limit: number): Promise<string[]> {
    for (;;) {
      const fields = { live: 1, seen: 1, version: 1 };
      const query = this.users
        .find({ dueAt: { $lte: now } }, fields)
        .sort({ dueAt: 1 })
        .limit(limit);
      const documents = await reachable(query.lean<UserDocument[]>());
      const overdue = documents.filter((document) => dueAtOf(document) <= now);
      for (const document of documents) {
        const { _id, version } = document;
        const dueAt = dueAtOf(document);
        if (dueAt > now) await reachable(this.users.updateOne({ _id, version }, { $set: { dueAt } }));
      }
      if (overdue.length > 0 || documents.length < limit) return overdue.map(({ _id }) => _id);
    }
  }

  async countLive(): Promise<number> {
    return reachable(this.live.estimatedDocumentCount());
  }

  private async findEnded(userId: string, sessionId: string): Promise<EndedSession | null> {
    const fields = { outbox: { $elemMatch: { type: 'session.ended', 'session.id': sessionId } } };
    const document = await reachable(this.users.findById(userId).select(fields).lean<UserDocument>());
    const [waiting] = tombstonesIn(document?.outbox ?? []);
    if (waiting) return waiting;
    const kept = await reachable(this.history.findOne({ _id: sessionId, userId }).lean<EndedSessionDocument>());
    return kept && toEndedSession(kept);
  }

  private async listHistory(userId: string, before: string | null, limit: number): Promise<EndedSession[]> {
    const filter = { userId, ...(before && { _id: { $lt: before } }) };
    const query = this.history.find(filter).sort({ _id: -1 }).limit(limit);
    return (await reachable(query.lean<EndedSessionDocument[]>())).map(toEndedSession);
  }
}

function dueAtOf(document: UserDocument): Date {
  return new Date(Math.min(...liveSessions(document).map((session) => overdueAt(session).getTime())));
}
