import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { isEmail } from 'class-validator';
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import {
  codeContactOf,
  CONTACT_CHANNELS,
  assertTextable,
  parseIdentifier,
  type Account,
  type CodePurpose,
  type ContactChannel,
  type IdentifierKind,
} from '../accounts/index.js';
import {
  ClaimCodes,
  codeRequestSubject,
  hourlySubject,
  Identification,
  OneTimeCodes,
  textSubjects,
  Throttle,
} from '../auth/index.js';
import { AppError, Clock, InvalidFieldError, newSecret, sha256 } from '../common/index.js';
import { Config } from '../config/index.js';
import { DirectMessages } from '../delivery/index.js';
import type { ClientContext } from '../devices/index.js';
import type { RequestedPurpose } from './code.dto.js';
import { codeMessage } from './code.message.js';

/** How long codes that are on their way may take to go out at the end, in ms. */
const GRACE = 2000;

/** Nobody could be reached that way: said to everybody alike. */
export class ChannelMissingError extends AppError {
  constructor() {
    super('channel_missing', 'unavailable', 'This service cannot send such messages.');
  }
}

/** For what somebody has asked a code. */
interface Asked {
  readonly identifier: string;
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly purpose: RequestedPurpose;
  readonly request: string;
  readonly client: ClientContext;
}

type AskedOfAccount = Asked & { readonly purpose: CodePurpose };

@Injectable()
export class CodesService implements OnApplicationShutdown {
  private readonly logger = new Logger(CodesService.name);
  private readonly sending = new Set<Promise<void>>();
  private readonly breakOff = new AbortController();

  constructor(
    private readonly identification: Identification,
    private readonly codes: OneTimeCodes,
    private readonly claims: ClaimCodes,
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
   * nor time tells who has an account; a code lost in a crash is asked for again. Returns the random request to try the code with.
   * Throws `ChannelMissingError` and `TooManyAttemptsError`, and `InvalidFieldError` for a claim of what is neither mobile nor e-mail.
   */
  async request(identifier: string, purpose: RequestedPurpose, client: ClientContext): Promise<string> {
    const { kind, value } = parseIdentifier(identifier, this.config.phoneRegion);
    if (purpose === 'claim' && (kind === 'username' || (kind === 'email' && !isEmail(value))))
      throw new InvalidFieldError('identifier', 'must be a mobile number or an e-mail');
    if (purpose === 'claim' && kind === 'mobile') assertTextable('identifier', value);
    if (!channelsFor(kind).some((channel) => this.channel.canReach(channel))) throw new ChannelMissingError();
    const { ip, proof } = client;
    // The address first: one that has used up its share must not use up that of others.
    await this.throttle.spend([
      hourlySubject(ip, 'code', this.config.textsPerAddress),
      codeRequestSubject(`${kind}:${value}`, proof.kind === 'vouched' ? [] : proof.secrets),
    ]);
    const request = newSecret();
    const sent = this.send({ identifier, kind, value, purpose, request, client }).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'code not sent');
    });
    this.sending.add(sent);
    void sent.finally(() => this.sending.delete(sent));
    return request;
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

  private async send(asked: Asked): Promise<void> {
    const { kind, value, purpose, request } = asked;
    if (purpose !== 'claim') return this.sendToAccount({ ...asked, purpose });
    const channel = kind as ContactChannel;
    await this.throttle.spend(textSubjects(value, false));
    const digits = await this.claims.issue({ channel, value }, request);
    const message = codeMessage(purpose, channel, digits, this.config.mailLanguage);
    await this.channel.send(channel, value, message, sha256(request), this.breakOff.signal);
  }

  private async sendToAccount({ identifier, kind, value, purpose, request, client }: AskedOfAccount): Promise<void> {
    const { account, settled: bySettled } = await this.identification.find(identifier, client, 'code');
    const target = account && this.chooseTarget(account, kind, value, purpose);
    if (!target) return;
    // However many identifiers lead there.
    await this.throttle.spend(textSubjects(target.contact, bySettled));
    const issued = await this.codes.issue(account.id, { ...target, purpose, bySettled }, request);
    if (!issued) return;
    const message = codeMessage(purpose, target.channel, issued.digits, account.locale ?? this.config.mailLanguage);
    await this.channel.send(target.channel, issued.contact, message, issued.id, this.breakOff.signal);
  }

  /** The mobile or e-mail that was named; for a username the first of the account's own that may be used. */
  private chooseTarget(
    account: Account,
    kind: IdentifierKind,
    value: string,
    purpose: CodePurpose,
  ): { channel: ContactChannel; contact: string } | undefined {
    const now = this.clock.now();
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
