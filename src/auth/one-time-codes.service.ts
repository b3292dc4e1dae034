import { Injectable } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { Accounts, type CodePurpose, type ContactChannel } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { decideIssue, decideTry } from './code.decider.js';
import { PasswordHasher } from './password-hasher.js';
import { codeGuessSubject, Throttle } from './throttle.service.js';

/** A code as it goes out. It stands in clear nowhere else. */
export interface IssuedCode {
  readonly id: string;
  readonly digits: string;
  readonly contact: string;
}

/** Six digits that prove the hold of a mobile or an e-mail, once. */
@Injectable()
export class OneTimeCodes {
  constructor(
    private readonly accounts: Accounts,
    private readonly hasher: PasswordHasher,
    private readonly throttle: Throttle,
    private readonly clock: Clock,
  ) {}

  /** Null where the account may not be sent one to that mobile or e-mail. */
  async issue(userId: string, purpose: CodePurpose, channel: ContactChannel, to: string): Promise<IssuedCode | null> {
    const id = uuidv7();
    const digits = randomInt(1_000_000).toString().padStart(6, '0');
    const code = { id, purpose, channel, contact: to, hash: await this.hasher.hash(digits), now: this.clock.now() };
    const { contact } = await this.accounts.change(userId, (account) => decideIssue(account, code));
    return contact === null ? null : { id, digits, contact };
  }

  /**
   * The id of the open code if the digits are right, else null, after the same time. Whoever acts on it must find
   * the code still there in their own commit, and remove it.
   */
  async tryOut(userId: string | null, purpose: CodePurpose, digits: string): Promise<string | null> {
    const now = this.clock.now();
    const tried = userId && (await this.accounts.changeIfThere(userId, (account) => decideTry(account, purpose, now)));
    const code = tried ? tried.code : null;
    // Counting a try takes a durable write; where there is nothing to try, another one takes its time.
    if (!code) await this.throttle.fail([codeGuessSubject(`nobody ${userId ?? ''}`)]);
    const right = await this.hasher.verify(code && code.hash, digits);
    return code && right ? code.id : null;
  }
}
