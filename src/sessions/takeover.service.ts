import { Injectable } from '@nestjs/common';
import type { Account, Ticket } from '../accounts/index.js';
import type { ClientContext } from '../devices/index.js';
import { LoginService, type Login, type PendingLogin } from './login.service.js';
import { SessionNotFoundError } from './session.errors.js';
import { SessionStore } from './session.store.js';
import { Tickets } from './tickets.service.js';

/** Under the `ask` policy: the person has chosen which sessions go. */
@Injectable()
export class TakeoverService {
  constructor(
    private readonly tickets: Tickets,
    private readonly sessions: SessionStore,
    private readonly logins: LoginService,
  ) {}

  /** Throws `InvalidTicketError`, `SessionNotFoundError` for a session of somebody else, and what `LoginService.login` throws. */
  async takeOver(ticket: string, end: readonly string[], asking: ClientContext): Promise<Login | PendingLogin> {
    const { account, ticket: stored } = await this.tickets.get(ticket, asking);
    await this.assertOwn(account, end);
    return this.logins.login({
      userId: account.id,
      proof: { kind: 'ticket' },
      client: clientOf(stored, asking),
      takeover: { ticketHash: stored.hash, end },
      service: stored.vouched?.service ?? null,
    });
  }

  private async assertOwn({ id: userId, live }: Account, sessionIds: readonly string[]): Promise<void> {
    const unknown = new Set(sessionIds);
    for (const { id } of live) unknown.delete(id);
    for (const id of unknown) {
      if (!(await this.sessions.find(userId, id))) throw new SessionNotFoundError();
    }
  }
}

/** A ticket that a service got is for the client that the service described, whoever brings it. */
function clientOf({ vouched }: Ticket, asking: ClientContext): ClientContext {
  if (!vouched) return asking;
  const { ip, userAgent, deviceId } = vouched;
  return { ip, userAgent, hints: null, proof: { kind: 'vouched', deviceId } };
}
