import { Injectable } from '@nestjs/common';
import { UserNotFoundError, type Profile } from '../accounts/index.js';
import type { Caller } from '../auth/index.js';
import { AppError } from '../common/index.js';
import { Config } from '../config/index.js';
import { ServiceLogins, type DescribedClient } from '../service/index.js';
import { SessionLimitReachedError, SessionNotFoundError, SessionsService } from '../sessions/index.js';
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
  async create(mobile: string, displayName: string, client: DescribedClient): Promise<LegacyUserView> {
    const user = await this.users.create({ mobile, displayName });
    await this.logins.login(user.id, client);
    return this.show(user);
  }

  /** Throws `UserNotFoundError`, also for a name that is not the account's. */
  async login(
    mobile: string,
    displayName: string,
    client: DescribedClient,
  ): Promise<{ admitted: boolean; user: LegacyUserView }> {
    const user = await this.users.getByIdentifier('mobile', mobile);
    if (user.displayName !== displayName) throw new UserNotFoundError();
    const admitted = await this.tryLogin(user.id, client);
    return { admitted, user: await this.show(user) };
  }

  async find(mobile: string): Promise<LegacyUserView> {
    return this.show(await this.users.getByIdentifier('mobile', mobile));
  }

  /** `caller` is null for a service. Throws `SessionNotFoundError`, and `AlreadyInvalidError` (400). */
  async invalidate(sessionId: string, caller: Caller | null): Promise<LegacyUserView> {
    const userId = await this.sessions.getUserId(sessionId);
    if (caller && caller.user.id !== userId) throw new SessionNotFoundError();
    const ending = caller
      ? { reason: 'revoked' as const, actorSessionId: caller.session.id }
      : { reason: 'revoked_by_service' as const, actorSessionId: null };
    if (!(await this.sessions.end(userId, sessionId, ending))) throw new AlreadyInvalidError();
    return this.show(await this.users.getProfile(userId));
  }

  private async tryLogin(userId: string, client: DescribedClient): Promise<boolean> {
    try {
      await this.logins.login(userId, client);
      return true;
    } catch (error) {
      if (error instanceof SessionLimitReachedError) return false;
      throw error;
    }
  }

  private async show(user: Profile): Promise<LegacyUserView> {
    const sessions = await this.sessions.list(user.id, { state: 'all', before: null, limit: SHOWN });
    return toLegacyUser(user, sessions.slice(0, SHOWN), this.config.phoneRegion);
  }
}
