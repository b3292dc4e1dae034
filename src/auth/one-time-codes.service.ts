import { Injectable } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { Accounts, type Account, type Code, type CodePurpose } from '../accounts/index.js';
import { Clock, sha256 } from '../common/index.js';
import { decideIssue, decideTry, MAX_OPEN, openCodes, type NewCode } from './code.decider.js';
import type { Named } from './identification.service.js';
import { PasswordHasher } from './password-hasher.js';
import {
  addressSubject,
  deviceCodeSubject,
  looseTriesSubject,
  Throttle,
  wrongCodesSubject,
} from './throttle.service.js';

/** A code as it goes out. It stands in clear nowhere else. */
export interface IssuedCode {
  readonly id: string;
  readonly digits: string;
  readonly contact: string;
}

/** What somebody types, and the request that it was sent for, if they have it. */
export interface GivenCode {
  /** Six digits. */
  readonly code: string;
  readonly request?: string | undefined;
}

export const newDigits = () => randomInt(1_000_000).toString().padStart(6, '0');

/** Six digits that prove the hold of a mobile or an e-mail of an account, once. */
@Injectable()
export class OneTimeCodes {
  constructor(
    private readonly accounts: Accounts,
    private readonly hasher: PasswordHasher,
    private readonly throttle: Throttle,
    private readonly clock: Clock,
  ) {}

  /** Null where the account may not be sent one to that mobile or e-mail. */
  async issue(
    userId: string,
    wanted: Pick<NewCode, 'purpose' | 'channel' | 'contact' | 'bySettled'>,
    request: string,
  ): Promise<IssuedCode | null> {
    const id = uuidv7();
    const digits = newDigits();
    const code: NewCode = {
      ...wanted,
      id,
      hash: await this.hasher.hash(digits),
      requestHash: sha256(request),
      suspicious: !(await this.throttle.isFree([wrongCodesSubject(userId)])),
      now: this.clock.now(),
    };
    const { contact } = await this.accounts.change(userId, (account) => decideIssue(account, code));
    return contact === null ? null : { id, digits, contact };
  }

  /**
   * The id of an open code if the digits are right, else null, after the same time. Whoever acts on it must find the code still there
   * in their own commit, and remove it. A settled device of the account has a counter of its own. From elsewhere a code that comes
   * with its request has five tries that nobody else can use up. Throws `TooManyAttemptsError`, alike where there is no such account.
   */
  async tryOut(named: Named, purpose: CodePurpose, given: GivenCode): Promise<string | null> {
    const { name, namedAs, account, device, ip } = named;
    const { request } = given;
    if (device && named.settled) {
      const own = deviceCodeSubject(device.id);
      return this.throttle.attempt(own.name, [own], () => this.compare(account, name, purpose, given));
    }
    const loose = looseTriesSubject(namedAs, purpose);
    const turn = request === undefined ? loose.name : `code-request:${sha256(request)}`;
    const limits = [wrongCodesSubject(name, request === undefined ? undefined : ip), addressSubject(ip, 'code-try')];
    return this.throttle.attempt(turn, limits, async () => {
      // Before anything is compared, so that no number of racing tries is more.
      if (request === undefined) await this.throttle.spend([loose]);
      const codeId = await this.compare(account, name, purpose, given);
      if (codeId === null && request !== undefined) await this.throttle.note(wrongCodesSubject(name));
      return codeId;
    });
  }

  private async compare(
    account: Account | null,
    name: string,
    purpose: CodePurpose,
    { code: digits, request }: GivenCode,
  ): Promise<string | null> {
    const open = account ? openCodes(account, purpose, this.clock.now()) : [];
    if (request === undefined) return this.find(open, digits);
    const meant = open.find(({ requestHash }) => requestHash === sha256(request));
    const code = account && meant ? await this.countTry(account.id, meant.id) : null;
    // Counting a try takes a durable write; where there is nothing to try, another one takes its time.
    if (!code) await this.throttle.note(wrongCodesSubject(`nobody ${name}`));
    const right = await this.hasher.verify(code && code.hash, digits);
    return code && right ? code.id : null;
  }

  private async countTry(userId: string, codeId: string): Promise<Code | null> {
    const now = this.clock.now();
    return (await this.accounts.changeIfThere(userId, (account) => decideTry(account, codeId, now)))?.code ?? null;
  }

  /** Compares as many times whether there is a code or none. */
  private async find(open: readonly Code[], digits: string): Promise<string | null> {
    let found: string | null = null;
    for (let i = 0; i < MAX_OPEN; i++) {
      const code = open[i] ?? null;
      if (await this.hasher.verify(code && code.hash, digits)) found = code!.id;
    }
    return found;
  }
}
