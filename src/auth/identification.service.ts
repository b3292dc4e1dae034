import { Injectable } from '@nestjs/common';
import { AccountStore, InvalidCredentialsError, parseIdentifier, type Account } from '../accounts/index.js';
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
   * What `prove` returns; null from it is a wrong proof, and it takes the same time for no account as for a wrong one.
   * Throws `InvalidCredentialsError`, the same for all, `TooManyAttemptsError` and `HashingBusyError`.
   */
  async attempt<T>(
    identifier: string,
    client: ClientContext,
    prove: (account: Account | null) => Promise<T | null>,
  ): Promise<T> {
    const { kind, value } = parseIdentifier(identifier, this.config.phoneRegion);
    const account = await this.accounts.findByIdentifier(kind, value);
    const name = account?.id ?? `${kind}:${value.toLowerCase()}`;
    const proved = await this.throttle.attempt(name, subjectsOf(account, name, client), () => prove(account));
    if (proved === null) throw new InvalidCredentialsError();
    return proved;
  }
}

/** The account's own counter first, then the address's. A proven device has one of its own in place of both. */
function subjectsOf(account: Account | null, name: string, client: ClientContext): [Subject, ...Subject[]] {
  const keyHash = account && deviceKeyHash(account.id, client.proof);
  const proven = keyHash && account.devices.find((device) => device.keyHash === keyHash);
  if (proven) return [deviceSubject(proven.id)];
  return [accountSubject(name), addressSubject(client.ip, 'login')];
}
