import { Injectable } from '@nestjs/common';
import {
  AccountStore,
  hadIdentifier,
  hasIdentifier,
  identifierKey,
  InvalidCredentialsError,
  isDeviceSettled,
  NOBODY,
  parseIdentifier,
  type Account,
  type Device,
  type IdentifierKind,
} from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { Config } from '../config/index.js';
import { deviceKeyHashes, deviceKnownBy, type ClientContext } from '../devices/index.js';
import { FailedLogins } from './failed-logins.service.js';
import { accountSubject, addressSubject, deviceSubject, Throttle, type Subject } from './throttle.service.js';

/** Null for a wrong proof. Of the account see `AccountStore.findToProve`. `proven` is the device of the account that the client has proved. */
type Prove<T> = (account: Account | null, proven: Device | null) => Promise<T | null>;

/** Whom somebody means, and from where. */
export interface Named {
  /** The account's id, or the key of the identifier that no account has. */
  readonly name: string;
  /** The key of the identifier that was named, or the account's id. Guesses are counted by it: they must not tell which identifiers are one person's. */
  readonly namedAs: string;
  readonly account: Account | null;
  /** The device of the account that the client has proved. */
  readonly device: Device | null;
  /** Whether that device is settled. */
  readonly settled: boolean;
  readonly ip: string;
}

/** Finds the account that somebody names, and lets them prove by a password that it is theirs. */
@Injectable()
export class Identification {
  constructor(
    private readonly accounts: AccountStore,
    private readonly throttle: Throttle,
    private readonly failures: FailedLogins,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * What `prove` returns. It takes the same time for no account as for a wrong proof. A former identifier still finds the account for
   * somebody with a code, and for its settled devices.
   * Throws `InvalidCredentialsError`, the same for all, `TooManyAttemptsError` and `HashingBusyError`.
   */
  async attempt<T>(identifier: string, client: ClientContext, prove: Prove<T>): Promise<T> {
    return this.attemptAs(await this.find(identifier, client, 'password'), prove);
  }

  /** As `attempt`, of the account that somebody names by its id. */
  async attemptById<T>(userId: string, client: ClientContext, prove: Prove<T>): Promise<T> {
    return this.attemptAs(await this.findById(userId, client), prove);
  }

  async findById(userId: string, client: ClientContext): Promise<Named> {
    return this.nameOf(userId, userId, await this.accounts.find(userId), client);
  }

  /** Never an account that has given the identifier up long ago. */
  async find(identifier: string, client: ClientContext, by: 'password' | 'code'): Promise<Named> {
    const { kind, value } = parseIdentifier(identifier, this.config.phoneRegion);
    const hashesOf = (userId: string) => deviceKeyHashes(userId, client.proof);
    // A node of an earlier version takes an e-mail as it is written.
    const spellings = kind === 'email' && identifier !== value ? [value, identifier] : [value];
    const accounts = await Promise.all(
      spellings.map((spelling) =>
        by === 'password'
          ? this.accounts.findToProve(kind, spelling, hashesOf)
          : this.accounts.findByIdentifier(kind, spelling),
      ),
    );
    const key = identifierKey(kind, value);
    for (const [index, found] of accounts.entries()) {
      const named = found && this.nameOf(found.id, key, found, client);
      if (named && this.isNamed(named, kind, spellings[index]!, by)) return named;
    }
    return this.nameOf(key, key, null, client);
  }

  private isNamed({ account, settled }: Named, kind: IdentifierKind, value: string, by: 'password' | 'code'): boolean {
    if (hasIdentifier(account!, kind, value)) return true;
    return hadIdentifier(account!, kind, value, this.clock.now()) && (by === 'code' || settled);
  }

  private nameOf(name: string, namedAs: string, account: Account | null, client: ClientContext): Named {
    const device = account && this.provenDevice(account, client);
    const settled = device !== null && isDeviceSettled(account!, device, this.clock.now());
    return { name, namedAs, account, device, settled, ip: client.ip };
  }

  private async attemptAs<T>(named: Named, prove: Prove<T>): Promise<T> {
    const { namedAs, account, device, ip } = named;
    const subjects = await this.subjectsOf(named);
    const proved = await this.throttle.attempt(namedAs, subjects, () => prove(account, device));
    if (proved !== null) return proved;
    await this.failures.record(account, ip);
    throw new InvalidCredentialsError();
  }

  /** The counter of what was named first, then the address's. A proven device has one of its own in place of both, until it is blocked. */
  private async subjectsOf({ namedAs, account, device, ip }: Named): Promise<Subject[]> {
    if (device && !device.blockedAt) return [deviceSubject(device.id)];
    // Version 0.1 counted by the account. What it has counted still slows down, and nothing is added where it has not.
    const earlier = accountSubject(account?.id ?? NOBODY);
    const slowed = await this.throttle.hasFailed(earlier);
    return [accountSubject(namedAs), addressSubject(ip, 'login'), ...(slowed ? [earlier] : [])];
  }

  /** As it stands with the proof that it gives now. */
  private provenDevice({ id, devices }: Account, { proof }: ClientContext): Device | null {
    const known = deviceKnownBy(devices, deviceKeyHashes(id, proof));
    return known ? { ...known, provenAt: this.clock.now() } : null;
  }
}
