import type { Account, Device, FormerIdentifier } from '../accounts/index.js';
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

describe('a recovery by a channel', () => {
  const ago = (days: number) => at(-days * DAY);
  const former = (kind: 'mobile' | 'email', value: string, since: number, replacedAt: number): FormerIdentifier => ({
    ...{ kind, value, addedAt: ago(since), verifiedAt: ago(since), since: ago(since) },
    replaced: { deviceId: 'any', at: ago(replacedAt), confirmedSince: null },
  });
  const EMAIL = 'asha@example.com';
  const recoveredFrom = (formers: readonly FormerIdentifier[], now: Partial<Account>, by = EMAIL) => {
    const code = aCode({
      purpose: 'recover',
      channel: by === EMAIL ? 'email' : 'mobile',
      contact: by,
      expiresAt: at(60),
    });
    const account = anAccount({ ...now, formerIdentifiers: formers, codes: [code], passwordHash: 'hash' });
    const recovery = { now: NOW, codeId: code.id, passwordHash: 'next', device: shownDevice(), ip: '203.0.113.9' };
    return decideRecovery(account, recovery).change!.account;
  };
  const theirs = (channel: 'mobile' | 'email', value: string) => ({
    [channel]: value,
    [`${channel}AddedAt`]: ago(2),
    [`${channel}VerifiedAt`]: ago(2),
    [`${channel}Since`]: ago(2),
  });

  it('puts every contact back that a younger one has replaced', () => {
    const formers = [former('mobile', MOBILE, 60, 2), former('email', EMAIL, 30, 2)];
    const account = recoveredFrom(formers, {
      ...theirs('mobile', '+919800000001'),
      ...theirs('email', 'x@example.com'),
    });
    expect(account).toMatchObject({ email: EMAIL, emailSince: ago(30), mobile: MOBILE, mobileSince: ago(60) });
    expect(account.formerIdentifiers).toEqual([]);
  });

  it('puts the last one back that was there, and nothing younger than itself', () => {
    const formers = [
      former('mobile', '+919800000002', 90, 10),
      former('mobile', MOBILE, 60, 2),
      former('mobile', '+919800000003', 20, 1),
      former('email', EMAIL, 30, 2),
    ];
    expect(recoveredFrom(formers, { mobile: null, email: null })).toMatchObject({ email: EMAIL, mobile: MOBILE });
  });

  it('leaves a contact alone that is older', () => {
    const older = { mobile: '+919800000004', mobileAddedAt: ago(90), mobileVerifiedAt: ago(90), mobileSince: ago(90) };
    const formers = [former('mobile', MOBILE, 60, 2), former('email', EMAIL, 30, 2)];
    expect(recoveredFrom(formers, { ...older, email: null })).toMatchObject({ mobile: '+919800000004', email: EMAIL });
  });
});
