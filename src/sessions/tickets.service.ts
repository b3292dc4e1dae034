import { Injectable } from '@nestjs/common';
import { Accounts, AccountStore, type Account, type LoginRequest, type Ticket } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { describeDevice, deviceKeyHashes, type ClientContext } from '../devices/index.js';
import { decideWaiting } from './login-approval.decider.js';
import { InvalidTicketError } from './session.errors.js';
import { parseTicket } from './session.token.js';

export type OpenRequest = LoginRequest & { readonly expiresAt: Date };

/** The tickets that logins got under `ask` and `approve`. */
@Injectable()
export class Tickets {
  constructor(
    private readonly store: AccountStore,
    private readonly accounts: Accounts,
    private readonly clock: Clock,
  ) {}

  /**
   * A ticket as its account keeps it, perhaps expired. Throws `InvalidTicketError`, also where another client
   * shows it than the one that got it.
   */
  async get(ticket: string, client: ClientContext): Promise<{ account: Account; ticket: Ticket }> {
    const parsed = parseTicket(ticket);
    const account = parsed && (await this.store.find(parsed.userId));
    const found = account?.tickets.find(({ hash }) => hash === parsed?.hash);
    if (!account || !found || !isHeldBy(found, account.id, client)) throw new InvalidTicketError();
    return { account, ticket: found };
  }

  /** The requests that nobody has answered, the one that expires first at the front. */
  async listRequests(userId: string): Promise<OpenRequest[]> {
    const now = this.clock.now();
    const { tickets = [] } = (await this.store.find(userId)) ?? {};
    return tickets
      .flatMap(({ expiresAt, request }) => (request ? [{ ...request, expiresAt }] : []))
      .filter(({ approved, expiresAt }) => approved === null && now < expiresAt)
      .sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime());
  }

  /**
   * For whoever answers the request: where its ticket is shown. Writes only where that is another address than before. Throws as `get` does.
   */
  async noteAddress(shown: string, client: ClientContext): Promise<void> {
    const { account, ticket } = await this.get(shown, client);
    const waiting = { now: this.clock.now(), ticketHash: ticket.hash, ip: client.ip };
    if (decideWaiting(account, waiting).change)
      await this.accounts.changeIfThere(account.id, (current) => decideWaiting(current, waiting));
  }
}

/** The holder shows its device secret, and is of the class that it was approved as. What a service got is for the client that it described, whoever brings it. */
function isHeldBy({ holder }: Ticket, userId: string, { proof, userAgent, hints }: ClientContext): boolean {
  if (!holder) return true;
  const showsSecret = deviceKeyHashes(userId, proof).includes(holder.keyHash);
  return showsSecret && describeDevice(userAgent, hints).class === holder.class;
}
