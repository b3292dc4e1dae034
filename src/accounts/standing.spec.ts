import { aFormer, anAccount, aDevice, aSession, at, NOW } from '../../test/support/records.js';
import type { Account } from './account.js';
import type { Device } from './device.js';
import { outranks, standingIn, standingOf, type Holder } from './standing.js';

const DAY = 86_400;
const account = (more: Partial<Account> = {}) => anAccount({ firstLoginAt: at(-100 * DAY), ...more });
const device = (days: number, more: Partial<Device> = {}) => aDevice({ firstSeenAt: at(-days * DAY), ...more });
const mobileSince = (days: number) => ({
  mobileVerifiedAt: at(-days * DAY),
  mobileSince: at(-days * DAY),
  mobileAddedAt: at(-200 * DAY),
});
const settled = (of: Account, holder: Holder) => standingOf(of, holder, NOW)?.settled;

describe('a device', () => {
  it.each<[string, boolean, Device]>([
    ['the first one', true, device(100)],
    ['the first one, once its standing was taken', false, device(100, { since: at(-1) })],
    ['one that never came back', false, device(99)],
    ['one that came back before its seventh day was over', false, device(9, { provenAt: at(-2 * DAY - 1) })],
    ['one that came back after seven days', true, device(9, { provenAt: at(-2 * DAY) })],
    ['one that came back 90 days ago', true, device(99, { provenAt: at(-90 * DAY) })],
    ['one that has not come back for longer', false, device(99, { provenAt: at(-90 * DAY - 1) })],
    ['one whose standing was taken since it came back', false, device(99, { provenAt: at(-1), since: at(-DAY) })],
    ['one that has given a code to a settled channel', true, device(1, { confirmedAt: at(-1) })],
    ['one that is blocked', false, device(100, { blockedAt: at(-1) })],
  ])('%s is settled: %s', (_, expected, one) => {
    expect(settled(account(), { device: one })).toBe(expected);
  });
});

describe('a channel', () => {
  it.each([
    ['seven days after it was verified', true, mobileSince(7)],
    ['not before', false, mobileSince(6.99)],
    ['at once where it inherits from an older one', true, { ...mobileSince(0), mobileSince: at(-8 * DAY) }],
    ['not while it is not verified', undefined, { ...mobileSince(9), mobileVerifiedAt: null }],
  ])('is settled %s: %s', (_, expected, more) => {
    expect(settled(account(more), { channel: 'mobile' })).toBe(expected);
  });

  it('that was replaced stays what it was until its time is over', () => {
    const replaced = (days: number) => ({ deviceId: '', at: at(-days * DAY), confirmedSince: null });
    const former = aFormer({ since: at(-30 * DAY), verifiedAt: at(-30 * DAY), replaced: replaced(13.99) });
    expect(settled(account(), { former })).toBe(true);
    expect(settled(account(), { former: { ...former, replaced: replaced(14) } })).toBeUndefined();
    expect(settled(account(), { former: { ...former, verifiedAt: null, since: null } })).toBeUndefined();
  });
});

describe('among two', () => {
  const of = (holder: Holder, more: Partial<Account> = {}) => standingOf(account(more), holder, NOW)!;
  const first = of({ device: device(100) });
  const later = of({ device: device(5) });

  it('devices, the older one wins, and neither against one of the same age', () => {
    expect([outranks(first, later), outranks(later, first), outranks(first, first)]).toEqual([true, false, false]);
  });

  it('a settled channel wins against every device, an unsettled one only against younger ones', () => {
    const [old, young] = [of({ channel: 'mobile' }, mobileSince(7)), of({ channel: 'mobile' }, mobileSince(6))];
    expect([outranks(old, first), outranks(first, old)]).toEqual([true, false]);
    expect([outranks(young, first), outranks(young, later)]).toEqual([false, true]);
  });

  it('channels, the older one wins', () => {
    const [older, younger] = [of({ channel: 'mobile' }, mobileSince(9)), of({ channel: 'mobile' }, mobileSince(8))];
    expect([outranks(older, younger), outranks(younger, older)]).toEqual([true, false]);
  });
});

describe('the holder of a session', () => {
  const own = device(1);
  const session = aSession({ device: own });

  it('has the standing of the device', () => {
    expect(standingIn(account({ devices: [own] }), session, NOW)).toMatchObject({ kind: 'device', since: at(-DAY) });
  });

  it('has the standing of a channel for five minutes after a code to it, if it is the higher one and the contact is the same', () => {
    const of = account({ devices: [own], ...mobileSince(30) });
    const kindAt = (seconds: number, more: Partial<Account> = {}) =>
      standingIn({ ...of, ...more }, { ...session, provedAt: NOW, provedBy: 'mobile' }, at(seconds)).kind;
    expect([kindAt(0), kindAt(299), kindAt(300)]).toEqual(['channel', 'channel', 'device']);
    expect(kindAt(1, { mobileAddedAt: at(1) })).toBe('device');
    expect(kindAt(1, mobileSince(0.5))).toBe('device');
  });
});
