import { Injectable } from '@nestjs/common';
import { InvalidCodeError, mailboxOf, type ContactChannel } from '../accounts/index.js';
import { Clock, sha256 } from '../common/index.js';
import { ClaimCodeStore } from './claim-code.store.js';
import { CODE_LIFETIME, triesOf } from './code.decider.js';
import { newDigits, type GivenCode } from './one-time-codes.service.js';
import { PasswordHasher } from './password-hasher.js';
import { addressSubject, Throttle, wrongCodesSubject } from './throttle.service.js';

/** A mobile in E.164, or an e-mail. */
export interface Contact {
  readonly channel: ContactChannel;
  readonly value: string;
}

/** A contact that somebody has proved to hold. */
export interface ProvenContact extends Contact {
  readonly requestHash: string;
}

/** Six digits that prove the hold of a mobile or an e-mail, whoever has it on an account now. */
@Injectable()
export class ClaimCodes {
  constructor(
    private readonly store: ClaimCodeStore,
    private readonly hasher: PasswordHasher,
    private readonly throttle: Throttle,
    private readonly clock: Clock,
  ) {}

  /** Returns the six digits. */
  async issue(contact: Contact, request: string): Promise<string> {
    const digits = newDigits();
    const now = this.clock.now();
    const contactHash = hashOf(contact);
    const suspicious = !(await this.throttle.isFree([wrongCodesSubject(contactHash)]));
    const code = {
      requestHash: sha256(request),
      contactHash,
      hash: await this.hasher.hash(digits),
      triesLeft: triesOf(suspicious),
      expiresAt: new Date(now.getTime() + CODE_LIFETIME * 1000),
    };
    await this.store.add(code, now);
    return digits;
  }

  /**
   * Which of the contacts the code proves; null where its request is for no claim that is open. A code has five tries. Throws
   * `InvalidCodeError` and `TooManyAttemptsError`.
   */
  async tryOut(
    contacts: readonly Contact[],
    { code: digits, request }: Required<GivenCode>,
    ip: string,
  ): Promise<ProvenContact | null> {
    const requestHash = sha256(request);
    const limits = [addressSubject(ip, 'code-try')];
    const tried = await this.throttle.attempt(`code-request:${requestHash}`, limits, async () => {
      const code = await this.store.countTry(requestHash, this.clock.now());
      if (!code) return { proven: null };
      const contact = contacts.find((one) => hashOf(one) === code.contactHash);
      if ((await this.hasher.verify(code.hash, digits)) && contact) return { proven: { ...contact, requestHash } };
      await this.throttle.note(wrongCodesSubject(code.contactHash));
      return null;
    });
    if (!tried) throw new InvalidCodeError();
    return tried.proven;
  }

  /** Once the contact is on an account: whoever tries the code again then finds it verified there. */
  async useUp({ requestHash }: ProvenContact): Promise<void> {
    await this.store.drop(requestHash);
  }
}

function hashOf({ channel, value }: Contact): string {
  return sha256(`${channel}:${mailboxOf(value)}`);
}
