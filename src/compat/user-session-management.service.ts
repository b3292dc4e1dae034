import { Injectable } from '@nestjs/common';
import type { Actor, Profile } from '../accounts/index.js';
import type { CallingService } from '../auth/index.js';
import { AppError } from '../common/index.js';
import { Config } from '../config/index.js';
import { ServiceLogins, type DescribedClient } from '../service/index.js';
import { isPending, SessionNotFoundError, SessionsService, type Login } from '../sessions/index.js';
import { UsersService } from '../users/index.js';
import { toLegacyUser, type LegacyUserView } from './user-session-management.view.js';

/** This API shows the newest hundred. */
const SHOWN = 100;

class AlreadyInvalidError extends AppError {
  constructor() {
    super('session_already_invalid', 'invalid', 'The session is invalid already.');
  }
}

/** The earlier API "user-session-management" in terms of ours. */
@Injectable()
export class UserSessionManagement {
  constructor(
    private readonly users: UsersService,
    private readonly logins: ServiceLogins,
    private readonly sessions: SessionsService,
    private readonly config: Config,
  ) {}

  /** The new user has a session already: the account's first login. */
  async create(
    mobile: string,
    displayName: string,
    client: DescribedClient,
    service: CallingService,
  ): Promise<{ user: LegacyUserView; login: Login }> {
    const user = await this.users.create({ mobile, displayName }, service);
    const login = await this.logins.login(user.id, client, service.name);
    // Nobody is there yet who could be asked.
    if (isPending(login)) throw new Error('the first login of an account has to wait');
    return { user: await this.show(user), login };
  }

  async find(mobile: string): Promise<LegacyUserView> {
    return this.show(await this.users.getByIdentifier('mobile', mobile));
  }

  /** A person may end their own sessions, a service anybody's. Throws `SessionNotFoundError`, and `AlreadyInvalidError` (400). */
  async invalidate(sessionId: string, actor: Actor): Promise<LegacyUserView> {
    const userId = await this.sessions.getUserId(sessionId);
    if (actor.kind === 'user' && actor.userId !== userId) throw new SessionNotFoundError();
    const reason = actor.kind === 'user' ? 'revoked' : 'revoked_by_service';
    if (!(await this.sessions.end(userId, sessionId, { reason, actor }))) throw new AlreadyInvalidError();
    return this.show(await this.users.getById(userId));
  }

  /** With the newest hundred sessions. */
  async show(user: Profile): Promise<LegacyUserView> {
    const sessions = await this.sessions.list(user.id, { state: 'all', before: null, limit: SHOWN });
    return toLegacyUser(user, sessions.slice(0, SHOWN), this.config.phoneRegion);
  }
}
