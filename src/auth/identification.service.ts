import { Injectable } from '@nestjs/common';
import {
  AccountStore,
  hadIdentifier,
  hasIdentifier,
  InvalidCredentialsError,
  parseIdentifier,
  standingOf,
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

/** Finds the account that somebody names, and lets them prove by a password or a code that it is theirs. */
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
  async attempt<T>(identifier: string, client: ClientContext, by: 'password' | 'code', prove: Prove<T>): Promise<T> {
    const { kind, value } = parseIdentifier(identifier, this.config.phoneRegion);
    const hashesOf = (userId: string) => deviceKeyHashes(userId, client.proof);
    const found = await this.accounts.findToProve(kind, value, hashesOf);
    const account = found && this.isFoundBy(found, kind, value, client, by) ? found : null;
    return this.attemptAs(account?.id ?? `${kind}:${value.toLowerCase()}`, account, client, prove);
  }

  /** As `attempt`, of the account that somebody names by its id. */
  async attemptById<T>(userId: string, client: ClientContext, prove: Prove<T>): Promise<T> {
    return this.attemptAs(userId, await this.accounts.find(userId), client, prove);
  }

  private async attemptAs<T>(
    name: string,
    account: Account | null,
    client: ClientContext,
    prove: Prove<T>,
  ): Promise<T> {
    const device = account && this.provenDevice(account, client);
    const subjects = subjectsOf(name, device, client);
    const proved = await this.throttle.attempt(name, subjects, () => prove(account, device));
    if (proved !== null) return proved;
    await this.failures.record(account, client.ip);
    throw new InvalidCredentialsError();
  }

  private isFoundBy(
    account: Account,
    kind: IdentifierKind,
    value: string,
    client: ClientContext,
    by: 'password' | 'code',
  ): boolean {
    if (hasIdentifier(account, kind, value)) return true;
    const now = this.clock.now();
    if (!hadIdentifier(account, kind, value, now)) return false;
    const device = this.provenDevice(account, client);
    return by === 'code' || (device !== null && standingOf(account, { device }, now)!.settled);
  }

  /** As it stands with the proof that it gives now. */
  private provenDevice({ id, devices }: Account, { proof }: ClientContext): Device | null {
    const known = deviceKnownBy(devices, deviceKeyHashes(id, proof));
    return known ? { ...known, provenAt: this.clock.now() } : null;
  }
}

/** The account's own counter first, then the address's. A proven device has one of its own in place of both, until it is blocked. */
function subjectsOf(name: string, proven: Device | null, client: ClientContext): [Subject, ...Subject[]] {
  if (proven && !proven.blockedAt) return [deviceSubject(proven.id)];
  return [accountSubject(name), addressSubject(client.ip, 'login')];
}
