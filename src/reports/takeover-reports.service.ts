import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import {
  Accounts,
  eventId,
  FreshProofRequiredError,
  isPasswordTrusted,
  standingOf,
  type Device,
  type EndedSession,
} from '../accounts/index.js';
import { AccountPasswords, Identification } from '../auth/index.js';
import { Clock, InvalidFieldError } from '../common/index.js';
import type { ClientContext } from '../devices/index.js';
import { parseToken, SessionStore, SessionValidator } from '../sessions/index.js';
import { decideReport, type Report, type Suspect } from './report.decider.js';

/** The way back for somebody who was put out by a stranger's login: a report without a live session, from a settled device. */
@Injectable()
export class TakeoverReports {
  constructor(
    private readonly accounts: Accounts,
    private readonly identification: Identification,
    private readonly passwords: AccountPasswords,
    private readonly validator: SessionValidator,
    private readonly sessions: SessionStore,
    private readonly clock: Clock,
  ) {}

  /**
   * About whoever ended the session of that token, or, where it ended otherwise, about whoever came since. Repeating it changes
   * nothing. Throws `InvalidCredentialsError` for a token that never was, `InvalidFieldError` for that of a live session,
   * `FreshProofRequiredError` where the device is not settled, and `TooManyAttemptsError`.
   */
  async reportByToken(sessionToken: string, client: ClientContext): Promise<void> {
    const userId = parseToken(sessionToken)?.userId ?? '';
    const { account, proven, ended } = await this.identification.attemptById(userId, client, async (found, device) => {
      const validation = await this.validator.validate(sessionToken);
      if (validation.active)
        throw new InvalidFieldError('sessionToken', 'belongs to a live session: report from its inbox');
      return found && validation.ended ? { account: found, proven: device, ended: validation.ended } : null;
    });
    if (!proven) throw new FreshProofRequiredError(['code', 'settled_device']);
    await this.report(account.id, proven, eventId('device.reported', ended.id), await this.enderOf(ended, proven));
  }

  /** About whoever came since this device was there. Throws `InvalidCredentialsError`, from a device that is not settled too, and `TooManyAttemptsError`. */
  async reportByPassword(identifier: string, password: string, client: ClientContext): Promise<void> {
    const { userId, device } = await this.identification.attempt(identifier, client, async (account, proven) => {
      const proof = await this.passwords.verify(account, proven, password);
      if (!account || !proven || !proof || account.deletedAt || !isPasswordTrusted(account, proven)) return null;
      const { settled } = standingOf(account, { device: proven }, this.clock.now())!;
      return settled ? { userId: account.id, device: proven } : null;
    });
    await this.report(userId, device, uuidv7(), null);
  }

  private async report(userId: string, device: Device, id: string, suspect: Suspect | null): Promise<void> {
    const actor = { kind: 'user', userId, sessionId: null } as const;
    const report: Report = { id, now: this.clock.now(), actor, by: { device }, notificationId: null, suspect };
    await this.accounts.change(userId, (account) => decideReport(account, report));
  }

  private async enderOf({ userId, endedBy, endedAt }: EndedSession, own: Device): Promise<Suspect | null> {
    if (!endedBy || endedBy.device.id === own.id) return null;
    const session = (await this.sessions.find(userId, endedBy.sessionId))?.session ?? null;
    return { deviceId: endedBy.device.id, letIn: true, seenAt: session?.createdAt ?? endedAt, session };
  }
}
