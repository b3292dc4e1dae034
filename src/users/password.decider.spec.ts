import type { Account } from '../accounts/index.js';
import { aDevice, anAccount, aSession, at, NOW } from '../../test/support/records.js';
import { decidePasswordChange } from './password.decider.js';

const DAY = 86_400;
const FIRST = aDevice({ firstSeenAt: at(-2 * DAY) });
const LATER = aDevice({ firstSeenAt: at(-DAY) });
/** Verified before the devices came, and not settled yet. */
const YOUNG = { mobileVerifiedAt: at(-3 * DAY), mobileSince: at(-3 * DAY), mobileAddedAt: at(-4 * DAY) };
const SETTLED = { mobileVerifiedAt: at(-8 * DAY), mobileSince: at(-8 * DAY), mobileAddedAt: at(-9 * DAY) };

/** The earlier password that is left once the session on that device has chosen a new one. */
function leftBy(device: typeof FIRST, provedBy: 'password' | 'mobile', channel: Partial<Account> = {}) {
  const session = aSession({ device, lastSeenAt: NOW, provedAt: NOW, provedBy });
  const account = anAccount({
    passwordHash: 'earlier',
    firstLoginAt: FIRST.firstSeenAt,
    devices: [FIRST, LATER],
    live: [session],
    ...channel,
  });
  const change = { now: NOW, sessionId: session.id, proof: null, passwordHash: 'new' };
  return decidePasswordChange(account, change).change!.account.formerPassword?.hash ?? null;
}

describe('a new password', () => {
  it.each([
    ['leaves the earlier one where a device without standing chooses it', 'earlier', LATER, 'password', {}],
    ['leaves none where a settled device chooses it', null, FIRST, 'password', {}],
    [
      'leaves none where a settled device does by a code to a channel that is not settled',
      null,
      FIRST,
      'mobile',
      YOUNG,
    ],
    ['leaves the earlier one where such a code is all that there is', 'earlier', LATER, 'mobile', YOUNG],
    ['leaves none after a code to a settled channel', null, LATER, 'mobile', SETTLED],
  ] as const)('%s', (_, expected, device, provedBy, channel) => {
    expect(leftBy(device, provedBy, channel)).toBe(expected);
  });
});
