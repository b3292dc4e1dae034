import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { isEnded, type Actor, type EndedSession, type Session } from '../accounts/index.js';
import { Directory } from '../admin/index.js';
import { Clock } from '../common/index.js';
import {
  ServiceScopeRequiredError,
  SessionEndedError,
  SessionNotFoundError,
  SessionsService,
  SessionValidator,
  type SessionQuery,
} from '../sessions/index.js';
import { PeopleStore } from '../users/index.js';
import { toEarlierSession, type EarlierSessionView } from './earlier-session.view.js';

/** These APIs show the newest hundred. */
const SHOWN = 100;

/** Sessions that end at the same time, where all do. */
const AT_ONCE = 8;

const REASONS = {
  user: 'revoked',
  admin: 'revoked_by_admin',
  service: 'revoked_by_service',
  system: 'revoked',
} as const;

/** Sessions by their id, as several of the earlier APIs name them. A session id alone is no proof: `actor` is who asks. */
@Injectable()
export class EarlierSessions {
  constructor(
    private readonly sessions: SessionsService,
    private readonly validator: SessionValidator,
    private readonly directory: Directory,
    private readonly people: PeopleStore,
    private readonly clock: Clock,
  ) {}

  /** Throws `SessionNotFoundError`, for somebody else's too. */
  async get(sessionId: string, actor: Actor): Promise<EarlierSessionView> {
    return this.showOne(await this.find(sessionId, actor));
  }

  /** The last access is now. Throws `SessionNotFoundError`, `ServiceScopeRequiredError`, and `SessionEndedError` for one that has ended. */
  async renew(sessionId: string, actor: Actor): Promise<EarlierSessionView> {
    const session = await this.find(sessionId, actor);
    if (isEnded(session)) throw new SessionEndedError(session);
    return this.showOne(await this.sessions.refresh(session, actor));
  }

  /** One that has ended already is shown as it ended. Throws `SessionNotFoundError` and `ServiceScopeRequiredError`. */
  async end(sessionId: string, actor: Actor): Promise<EarlierSessionView> {
    const { userId } = await this.find(sessionId, actor);
    await this.sessions.end(userId, sessionId, { reason: REASONS[actor.kind], actor });
    return this.get(sessionId, actor);
  }

  /** Everybody's for a service or an administrator, one's own for a user; newest first. */
  async list(actor: Actor, state: SessionQuery['state']): Promise<EarlierSessionView[]> {
    return this.show(await this.read(actor, state, null));
  }

  /** Ends all of them; returns how many. Looks again until none is left: the list of all may be a moment behind. */
  async endAll(actor: Actor): Promise<number> {
    if (actor.kind === 'user') return this.sessions.endAll(actor.userId, { reason: 'revoked', actor });
    let ended = 0;
    for (let now = 1; now > 0;) {
      now = await this.endListed(actor);
      ended += now;
    }
    return ended;
  }

  private async endListed(actor: Actor): Promise<number> {
    const turn = pLimit(AT_ONCE);
    const end = ({ id, userId }: Session | EndedSession) =>
      this.sessions.end(userId, id, { reason: REASONS[actor.kind], actor }).catch(spared);
    let ended = 0;
    for (let before: string | null = null; ;) {
      const page: (Session | EndedSession)[] = await this.read(actor, 'live', before);
      const answers = await Promise.all(page.map((session) => turn(() => end(session))));
      ended += answers.filter(Boolean).length;
      if (page.length < SHOWN) return ended;
      before = page.at(-1)!.id;
    }
  }

  private async find(sessionId: string, actor: Actor): Promise<Session | EndedSession> {
    const userId = await this.sessions.getUserId(sessionId);
    const own = actor.kind !== 'user' || actor.userId === userId;
    const session = own ? await this.validator.look({ userId, sessionId }) : null;
    if (!session) throw new SessionNotFoundError();
    return session;
  }

  private async read(actor: Actor, state: SessionQuery['state'], before: string | null) {
    const query = { state, before, limit: SHOWN };
    const found =
      actor.kind === 'user'
        ? await this.sessions.list(actor.userId, query)
        : await this.directory.listSessions({ ...query, userId: null, ip: null, deviceClass: null });
    return found.slice(0, SHOWN);
  }

  async showOne(session: Session | EndedSession): Promise<EarlierSessionView> {
    const [shown] = await this.show([session]);
    return shown!;
  }

  private async show(sessions: readonly (Session | EndedSession)[]): Promise<EarlierSessionView[]> {
    const found = await this.people.find([...new Set(sessions.map(({ userId }) => userId))]);
    const people = new Map(found.map((person) => [person.id, person]));
    const now = this.clock.now();
    return sessions.map((session) => toEarlierSession(session, people.get(session.userId) ?? null, now));
  }
}

/** A service without leave to end administrators' sessions passes them over. */
function spared(error: unknown): false {
  if (error instanceof ServiceScopeRequiredError) return false;
  throw error;
}
