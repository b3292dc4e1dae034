import type { Device } from '../accounts/index.js';
import { aCode, aDevice, anAccount, at, NOW, shownDevice } from '../../test/support/records.js';
import { decideRecovery } from './recovery.decider.js';

const DAY = 86_400;
const MOBILE = '+919812345678';
const CODE = aCode({ purpose: 'recover', contact: MOBILE, expiresAt: at(60) });

/** What is told of a recovery by a mobile that was verified so many days ago. */
const recovered = (days: number, devices: readonly Device[], shown = shownDevice()) => {
  const since = at(-days * DAY);
  const mobile = { mobile: MOBILE, mobileAddedAt: since, mobileVerifiedAt: since, mobileSince: since };
  const account = anAccount({ ...mobile, devices, codes: [CODE], passwordHash: 'hash' });
  const recovery = { now: NOW, codeId: CODE.id, passwordHash: 'next', device: shown, ip: '203.0.113.9' };
  return decideRecovery(account, recovery).change!.events.find(({ type }) => type === 'password.changed')!;
};
const DEVICE = aDevice({ firstSeenAt: at(-5 * DAY), name: 'Call +1 555 0100' });
const ITS_SECRET = shownDevice({ keyHashes: [DEVICE.keyHash] });

describe('the notice of a recovery', () => {
  it('names the device that showed its secret, in our words, and no session', () => {
    const { id, class: deviceClass, browser, os } = DEVICE;
    const device = { id, class: deviceClass, browser, os, name: 'Firefox on Linux' };
    expect(recovered(9, [DEVICE], ITS_SECRET)).toMatchObject({ by: { sessionId: null, device, ip: '203.0.113.9' } });
  });

  it('names another one as a newcomer', () => {
    const shown = shownDevice();
    expect(recovered(9, [DEVICE], shown)).toMatchObject({ by: { sessionId: null, device: shown.description } });
  });

  it('goes out with the standing of the channel, or of the device where that has the higher one', () => {
    const telling = (days: number, shown = ITS_SECRET) => recovered(days, [DEVICE], shown).telling!.by;
    expect(telling(9)).toEqual({ kind: 'channel', settled: true, since: at(-9 * DAY) });
    expect(telling(3)).toEqual({ kind: 'device', settled: false, since: at(-5 * DAY) });
    expect(telling(3, shownDevice())).toEqual({ kind: 'channel', settled: false, since: at(-3 * DAY) });
  });
});
