import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { AccountStore, type Session, type Ticket } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import type { ClientContext } from '../devices/index.js';
import { decideApproval } from './login-approval.decider.js';
import type { Login, PendingLogin } from './login.service.js';
import { OwnAccount } from './own-account.service.js';
import { InvalidTicketError, LoginDeniedError, LoginRequestExpiredError } from './session.errors.js';
import { parseTicket } from './session.token.js';
import { TakeoverService } from './takeover.service.js';

/** How long one call waits: below the idle timeout of common proxies. */
const WAIT_MS = 25_000;
/** The answer may be committed by any node, so it is looked for. */
const LOOK_EVERY_MS = 500;

/** Under the `approve` policy: a device that is in says whether the newcomer may come in. */
@Injectable()
export class LoginApproval implements OnModuleDestroy {
  private readonly closing = new AbortController();

  constructor(
    private readonly own: OwnAccount,
    private readonly store: AccountStore,
    private readonly takeovers: TakeoverService,
    private readonly clock: Clock,
  ) {}

  /** Throws `LoginRequestNotFoundError` and `LoginRequestDecidedError`. */
  async answer(session: Session, requestId: string, approve: boolean): Promise<void> {
    const approval = { now: this.clock.now(), sessionId: session.id, requestId, approve };
    await this.own.change(session, (account) => decideApproval(account, approval));
  }

  /**
   * Logs in once a live device agrees; the same ticket again where none has answered yet.
   * Once `gone` says that nobody hears the answer any more, it lets nobody in: the token would be lost, and the old session with it.
   * Throws `LoginDeniedError`, `LoginRequestExpiredError`, and `InvalidTicketError` where it has been used.
   */
  async wait(ticket: string, client: ClientContext, gone: AbortSignal): Promise<Login | PendingLogin> {
    const over = AbortSignal.any([gone, this.closing.signal]);
    for (let waited = 0; ; waited += LOOK_EVERY_MS) {
      const { expiresAt, request } = await this.find(ticket);
      if (request?.approved === false) throw new LoginDeniedError();
      if (this.clock.now() >= expiresAt) throw new LoginRequestExpiredError();
      if (request?.approved && !gone.aborted) return this.takeovers.takeOver(ticket, [], client);
      if (waited >= WAIT_MS || over.aborted) return { ticket, expiresAt };
      await this.clock.pause(LOOK_EVERY_MS, over);
    }
  }

  /** Those who wait are answered before the server closes. */
  onModuleDestroy(): void {
    this.closing.abort();
  }

  private async find(ticket: string): Promise<Ticket> {
    const parsed = parseTicket(ticket);
    const account = parsed && (await this.store.find(parsed.userId));
    const found = account?.tickets.find(({ hash }) => hash === parsed?.hash);
    if (!found?.request) throw new InvalidTicketError();
    return found;
  }
}
