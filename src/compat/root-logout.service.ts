import { Injectable } from '@nestjs/common';
import { holderOf, type Actor } from '../accounts/index.js';
import { InvalidFieldError } from '../common/index.js';
import { AuthenticationRequiredError, SessionValidator } from '../sessions/index.js';
import type { EarlierSessionView } from './earlier-session.view.js';
import { EarlierSessions } from './earlier-sessions.service.js';

/** What the `/logout` of the earlier APIs means in terms of ours. */
@Injectable()
export class RootLogout {
  constructor(
    private readonly validator: SessionValidator,
    private readonly sessions: EarlierSessions,
  ) {}

  /**
   * Ends the named session, or the one that asks; `session` is null where none did. Whoever shows its own token may name one that has
   * ended already. `own`: the asking one has no session any more.
   * Throws `SessionNotFoundError`, and as the guards do where a session is named.
   */
  async logout(
    named: string | null,
    token: string | null,
    service: string | null,
  ): Promise<{ session: EarlierSessionView | null; own: boolean }> {
    if (named === null) {
      if (service !== null) throw new InvalidFieldError('sessionId', 'is needed from a service');
      return { session: await this.logOutSelf(token), own: true };
    }
    const ended = service === null && token !== null ? await this.validator.validate(token) : null;
    if (ended?.active === false && ended.ended?.id === named)
      return { session: await this.sessions.showOne(ended.ended), own: true };
    const actor = await this.actorOf(token, service);
    return { session: await this.sessions.end(named, actor), own: actor.kind === 'user' && actor.sessionId === named };
  }

  private async logOutSelf(token: string | null): Promise<EarlierSessionView | null> {
    const found = token && (await this.validator.validate(token));
    return found && found.active ? this.sessions.end(found.session.id, holderOf(found.session)) : null;
  }

  private async actorOf(token: string | null, service: string | null): Promise<Actor> {
    if (service !== null) return { kind: 'service', name: service };
    if (token === null) throw new AuthenticationRequiredError();
    return holderOf((await this.validator.getActive(token)).session);
  }
}
