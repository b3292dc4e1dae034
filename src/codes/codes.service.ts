import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AccountStore,
  codeContactOf,
  CONTACT_CHANNELS,
  hadIdentifier,
  hasIdentifier,
  parseIdentifier,
  type Account,
  type CodePurpose,
  type ContactChannel,
  type IdentifierKind,
} from '../accounts/index.js';
import { codeSubject, hourlySubject, OneTimeCodes, Throttle } from '../auth/index.js';
import { AppError, Clock } from '../common/index.js';
import { Config } from '../config/index.js';
import { DirectMessages } from '../delivery/index.js';
import { codeMessage } from './code.message.js';

/** How long codes that are on their way may take to go out at the end, in ms. */
const GRACE = 2000;

/** Nobody could be reached that way: said to everybody alike. */
export class ChannelMissingError extends AppError {
  constructor() {
    super('channel_missing', 'unavailable', 'This service cannot send such messages.');
  }
}

@Injectable()
export class CodesService implements OnApplicationShutdown {
  private readonly logger = new Logger(CodesService.name);
  private readonly sending = new Set<Promise<void>>();
  private readonly breakOff = new AbortController();

  constructor(
    private readonly store: AccountStore,
    private readonly codes: OneTimeCodes,
    private readonly channel: DirectMessages,
    private readonly throttle: Throttle,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    // One for each code on its way.
    setMaxListeners(0, this.breakOff.signal);
  }

  /**
   * Sends a code if there is an account that may get one. Answers before anything is looked up, so that neither answer
   * nor time tells who has an account; a code lost in a crash is asked for again.
   * Throws `ChannelMissingError` and `TooManyAttemptsError`.
   */
  async request(identifier: string, purpose: CodePurpose, ip: string): Promise<void> {
    const { kind, value } = parseIdentifier(identifier, this.config.phoneRegion);
    if (!channelsFor(kind).some((channel) => this.channel.canReach(channel))) throw new ChannelMissingError();
    // The address first: one that has used up its share must not use up that of others.
    await this.throttle.spend([
      hourlySubject(ip, 'code', this.config.textsPerAddress),
      codeSubject(`${kind}:${value}`),
    ]);
    const sent = this.send(kind, value, purpose).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'code not sent');
    });
    this.sending.add(sent);
    void sent.finally(() => this.sending.delete(sent));
  }

  /** Resolves once nothing is on its way. */
  async idle(): Promise<void> {
    await Promise.all(this.sending);
  }

  /** Codes that are on their way still go out, unless their provider hangs. */
  async onApplicationShutdown(): Promise<void> {
    const sent = this.idle();
    await Promise.race([sent, delay(GRACE, undefined, { ref: false })]);
    this.breakOff.abort();
    await sent;
  }

  private async send(kind: IdentifierKind, value: string, purpose: CodePurpose): Promise<void> {
    const account = await this.store.findByIdentifier(kind, value);
    const target = account && this.chooseTarget(account, kind, value, purpose);
    if (!target) return;
    const { channel, contact: to } = target;
    // However many identifiers lead to the account.
    await this.throttle.spend([codeSubject(account.id)]);
    const issued = await this.codes.issue(account.id, purpose, channel, to);
    if (!issued) return;
    const message = codeMessage(purpose, issued.digits, account.locale ?? this.config.mailLanguage);
    await this.channel.send(channel, issued.contact, message, issued.id, this.breakOff.signal);
  }

  /** The mobile or e-mail that was named; for a username the first of the account's own that may be used. */
  private chooseTarget(
    account: Account,
    kind: IdentifierKind,
    value: string,
    purpose: CodePurpose,
  ): { channel: ContactChannel; contact: string } | undefined {
    const now = this.clock.now();
    if (kind === 'username' && !hasIdentifier(account, kind, value) && !hadIdentifier(account, kind, value, now))
      return;
    return channelsFor(kind)
      .map((channel) => ({ channel, contact: kind === 'username' ? account[channel] : value }))
      .find((target): target is { channel: ContactChannel; contact: string } => {
        const { channel, contact } = target;
        if (contact === null || !this.channel.canReach(channel)) return false;
        // A contact that is verified already needs no second verification.
        if (purpose === 'verify' && account[`${channel}VerifiedAt`] !== null) return false;
        return codeContactOf(account, purpose, channel, contact, now) !== null;
      });
  }
}

function channelsFor(kind: IdentifierKind): readonly ContactChannel[] {
  return kind === 'username' ? CONTACT_CHANNELS : [kind];
}
