import { Injectable } from '@nestjs/common';
import {
  AccountStore,
  InvalidCredentialsError,
  parseIdentifier,
  type Account,
  type Device,
} from '../accounts/index.js';
import { Config } from '../config/index.js';
import { deviceKeyHash, type ClientContext } from '../devices/index.js';
import { accountSubject, addressSubject, deviceSubject, Throttle, type Subject } from './throttle.service.js';

/** Finds the account that somebody names, and lets them prove by a password or a code that it is theirs. */
@Injectable()
export class Identification {
  constructor(
    private readonly accounts: AccountStore,
    private readonly throttle: Throttle,
    private readonly config: Config,
  ) {}

  /**
   * What `prove` returns, handed the account and the device of it that the client has proved. Null from it is a wrong proof,
   * and it takes the same time for no account as for a wrong one.
   * Throws `InvalidCredentialsError`, the same for all, `TooManyAttemptsError` and `HashingBusyError`.
   */
  async attempt<T>(
    identifier: string,
    client: ClientContext,
    prove: (account: Account | null, proven: Device | null) => Promise<T | null>,
  ): Promise<T> {
    const { kind, value } = parseIdentifier(identifier, this.config.phoneRegion);
    const account = await this.accounts.findByIdentifier(kind, value);
    const name = account?.id ?? `${kind}:${value.toLowerCase()}`;
    const device = account && provenDevice(account, client);
    const subjects = subjectsOf(name, device, client);
    const proved = await this.throttle.attempt(name, subjects, () => prove(account, device));
    if (proved === null) throw new InvalidCredentialsError();
    return proved;
  }
}

function provenDevice({ id, devices }: Account, { proof }: ClientContext): Device | null {
  const keyHash = deviceKeyHash(id, proof);
  return (keyHash && devices.find((device) => device.keyHash === keyHash)) || null;
}

/** The account's own counter first, then the address's. A proven device has one of its own in place of both, until it is blocked. */
function subjectsOf(name: string, proven: Device | null, client: ClientContext): [Subject, ...Subject[]] {
  if (proven && !proven.blockedAt) return [deviceSubject(proven.id)];
  return [accountSubject(name), addressSubject(client.ip, 'login')];
}
