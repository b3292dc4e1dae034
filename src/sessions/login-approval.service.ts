import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Session } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import type { ClientContext } from '../devices/index.js';
import { decideApproval } from './login-approval.decider.js';
import type { Login, PendingLogin } from './login.service.js';
import { OwnAccount } from './own-account.service.js';
import { InvalidTicketError, LoginDeniedError, LoginRequestExpiredError, WrongNumberError } from './session.errors.js';
import { TakeoverService } from './takeover.service.js';
import { Tickets } from './tickets.service.js';

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
    private readonly tickets: Tickets,
    private readonly takeovers: TakeoverService,
    private readonly clock: Clock,
  ) {}

  /**
   * `number` is the one that the person picked; null to deny. Throws `LoginRequestNotFoundError`, `LoginRequestDecidedError`, and for
   * a wrong number, once the login has been denied for it, `WrongNumberError`.
   */
  async answer(session: Session, requestId: string, number: number | null): Promise<void> {
    const approval = { now: this.clock.now(), sessionId: session.id, requestId, number };
    const { approved } = await this.own.change(session, (account) => decideApproval(account, approval));
    if (number !== null && !approved) throw new WrongNumberError();
  }

  /**
   * Logs in once a live device agrees; the same ticket again where none has answered yet.
   * Once `gone` says that nobody hears the answer any more, it lets nobody in: the token would be lost, and the old session with it.
   * Throws `LoginDeniedError`, `LoginRequestExpiredError`, and `InvalidTicketError` where it has been used.
   */
  async wait(ticket: string, client: ClientContext, gone: AbortSignal): Promise<Login | PendingLogin> {
    const over = AbortSignal.any([gone, this.closing.signal]);
    await this.tickets.noteAddress(ticket, client);
    for (let waited = 0; ; waited += LOOK_EVERY_MS) {
      const { expiresAt, request } = await this.find(ticket, client);
      if (request.approved === false) throw new LoginDeniedError();
      if (this.clock.now() >= expiresAt) throw new LoginRequestExpiredError();
      if (request.approved && !gone.aborted) return this.takeovers.takeOver(ticket, [], client);
      if (waited >= WAIT_MS || over.aborted) return { ticket, expiresAt, number: request.number, device: null };
      await this.clock.pause(LOOK_EVERY_MS, over);
    }
  }

  /** Those who wait are answered before the server closes. */
  onModuleDestroy(): void {
    this.closing.abort();
  }

  private async find(shown: string, client: ClientContext) {
    const { expiresAt, request } = (await this.tickets.get(shown, client)).ticket;
    if (!request) throw new InvalidTicketError();
    return { expiresAt, request };
  }
}
