import { isPasswordTrusted, type Account, type Device, type Session } from '../accounts/index.js';
import { aFormer, anAccount, aDevice, aSession, at, NOW } from '../../test/support/records.js';
import { decideReport, type Report } from './report.decider.js';

const MINUTE = 60;
const on = (device: Device, given: Partial<Session> = {}) =>
  aSession({ device, createdAt: device.firstSeenAt, lastSeenAt: at(-1), expiresAt: at(86_400), ...given });
const deviceAt = (seconds: number, given: Partial<Device> = {}) => aDevice({ firstSeenAt: at(seconds), ...given });

const OWN = deviceAt(-600 * MINUTE);
const THEIRS = deviceAt(-60 * MINUTE);
const OWN_SESSION = on(OWN);
const THEIR_SESSION = on(THEIRS);
const account = (more: Partial<Account> = {}) =>
  anAccount({ firstLoginAt: OWN.firstSeenAt, live: [OWN_SESSION, THEIR_SESSION], devices: [OWN, THEIRS], ...more });

const report = (more: Partial<Report> = {}): Report => ({
  id: 'notice-1',
  now: NOW,
  actor: { kind: 'user', userId: 'user-1', sessionId: OWN_SESSION.id },
  by: null,
  notificationId: 'notice-1',
  suspect: { deviceId: THEIRS.id, letIn: true, seenAt: THEIR_SESSION.createdAt, session: THEIR_SESSION },
  ...more,
});
/** Without a session, from the device that was there first. */
const fromOutside = (more: Partial<Report> = {}) =>
  report({ actor: { kind: 'user', userId: 'user-1', sessionId: null }, by: { device: OWN }, ...more });
const code = (value: string) => expect.objectContaining({ code: value });
const ended = (before: Account, asked: Report) =>
  decideReport(before, asked).change!.ended.map(({ id, endReason }) => [id, endReason]);

describe('a report', () => {
  it('ends the session, blocks its device, and distrusts the password since the device came, not since the session began', () => {
    const late = on(THEIRS, { createdAt: at(-1) });
    const before = account({ live: [OWN_SESSION, late] });
    const suspect = { deviceId: THEIRS.id, letIn: true, seenAt: late.createdAt, session: late };
    const { account: after, ended: gone } = decideReport(before, report({ suspect })).change!;
    expect(gone).toMatchObject([{ id: late.id, endReason: 'reported' }]);
    expect(after).toMatchObject({ distrustedSince: THEIRS.firstSeenAt });
    expect(after.devices.map(({ id, blockedAt }) => [id, blockedAt])).toEqual([
      [OWN.id, null],
      [THEIRS.id, NOW],
    ]);
  });

  it('ends what came later on other devices, but for what a code to an older channel has opened', () => {
    const [second, third] = [deviceAt(-30 * MINUTE), deviceAt(-20 * MINUTE)];
    const channels = {
      mobileVerifiedAt: at(-700 * MINUTE),
      mobileSince: at(-700 * MINUTE),
      mobileAddedAt: at(-900 * MINUTE),
    };
    const [byPassword, byCode] = [on(second), on(third, { provedBy: 'mobile' })];
    const before = account({
      ...channels,
      live: [OWN_SESSION, THEIR_SESSION, byPassword, byCode],
      devices: [OWN, THEIRS, second, third],
    });
    expect(ended(before, report())).toEqual([
      [THEIR_SESSION.id, 'reported'],
      [byPassword.id, 'reported'],
    ]);
    const younger = { ...before, mobileVerifiedAt: at(-40 * MINUTE), mobileSince: at(-40 * MINUTE) };
    expect(ended(younger, report()).map(([id]) => id)).toContain(byCode.id);
  });

  it('is refused to a device with a lower standing than the one reported, with a code or a settled device as the way', () => {
    const asking = { kind: 'user', userId: 'user-1', sessionId: THEIR_SESSION.id } as const;
    const suspect = { deviceId: OWN.id, letIn: true, seenAt: OWN_SESSION.createdAt, session: OWN_SESSION };
    expect(() => decideReport(account(), report({ actor: asking, suspect }))).toThrow(
      expect.objectContaining({
        code: 'fresh_proof_required',
        options: { details: { accepts: ['code', 'settled_device'] } },
      }),
    );
    expect(() => decideReport(account(), report({ actor: asking }))).toThrow(code('notification_about_this_session'));
  });

  it('by a code to a settled channel may be about any other device', () => {
    const since = at(-8 * 86_400);
    const proved = { ...on(THEIRS), provedAt: NOW, provedBy: 'mobile' } as const;
    const before = account({
      live: [OWN_SESSION, proved],
      mobileVerifiedAt: since,
      mobileSince: since,
      mobileAddedAt: since,
    });
    const suspect = { deviceId: OWN.id, letIn: true, seenAt: OWN_SESSION.createdAt, session: OWN_SESSION };
    const asked = report({ actor: { kind: 'user', userId: 'user-1', sessionId: proved.id }, suspect });
    expect(ended(before, asked)).toEqual([[OWN_SESSION.id, 'reported']]);
    const stale = { ...before, live: [OWN_SESSION, { ...proved, provedAt: at(-301) }] };
    expect(() => decideReport(stale, asked)).toThrow(code('fresh_proof_required'));
  });

  it('puts the earlier password in force again, and refuses the one that was set in its place', () => {
    const former = { hash: 'earlier', until: at(60) };
    const before = account({ passwordHash: 'set by a stranger', formerPassword: former });
    expect(decideReport(before, report()).change!.account).toMatchObject({
      passwordHash: 'earlier',
      credentialVersion: 2,
      formerPassword: null,
      refusedPasswords: ['set by a stranger'],
      distrustedSince: THEIRS.firstSeenAt,
    });
    // The session that stays goes on standing on the password.
    expect(decideReport(before, report()).change!.account.live).toMatchObject([
      { id: OWN_SESSION.id, credentialVersion: 2 },
    ]);
    const late = { ...before, formerPassword: { ...former, until: NOW } };
    expect(decideReport(late, report()).change!.account).toMatchObject({ passwordHash: 'set by a stranger' });
  });

  it('leaves who stays on the password that is in force again', () => {
    const former = { hash: 'earlier', until: at(60) };
    const own = { ...OWN_SESSION, credentialVersion: 1 };
    const vouched = on(deviceAt(-500 * MINUTE), { credentialVersion: null });
    const before = account({
      passwordHash: 'set by a stranger',
      formerPassword: former,
      live: [own, vouched, THEIR_SESSION],
    });
    expect(decideReport(before, report()).change!.account.live).toEqual([{ ...own, credentialVersion: 2 }, vouched]);
  });

  it('of a device that came first and has lost its standing leaves those that outrank it', () => {
    const squatter = deviceAt(-900 * MINUTE, { since: at(-60 * MINUTE) });
    const suspect = { deviceId: squatter.id, letIn: true, seenAt: at(-900 * MINUTE), session: null };
    const other = deviceAt(-300 * MINUTE);
    const before = account({ live: [OWN_SESSION, on(other)], devices: [squatter, OWN, other] });
    const after = decideReport(before, report({ suspect })).change!;
    expect(after.ended).toEqual([]);
    expect([OWN, squatter].map((device) => isPasswordTrusted(after.account, device))).toEqual([true, false]);
    const outside = decideReport(
      { ...before, live: [on(squatter), on(other)] },
      fromOutside({ suspect: null }),
    ).change!;
    expect([OWN, squatter].map((device) => isPasswordTrusted(outside.account, device))).toEqual([true, false]);
  });

  it('cancels the deletion and the export that wait, whoever has asked for them', () => {
    const wish = { requestedAt: at(-2), dueAt: at(60), deviceId: THEIRS.id, cancelledAt: null };
    const postponed = [
      { ...wish, kind: 'deletion' as const },
      { ...wish, kind: 'export' as const, deviceId: 'another' },
    ];
    for (const asked of [report(), fromOutside()]) {
      const { account: after, events } = decideReport(account({ postponed }), asked).change!;
      expect(after.postponed).toEqual(postponed.map((one) => ({ ...one, cancelledAt: NOW })));
      const by = asked.by ? null : { sessionId: OWN_SESSION.id };
      const cancelled = events.filter(({ type }) => type.endsWith('.cancelled'));
      expect(cancelled).toMatchObject([
        { type: 'deletion.cancelled', by },
        { type: 'export.cancelled', by },
      ]);
    }
  });

  it('without a session, and without a suspect, is about whoever came in since with a lower standing', () => {
    const away = { ...OWN, lastSeenAt: at(-90 * MINUTE) };
    const before = account({ live: [THEIR_SESSION], devices: [away, THEIRS] });
    expect(ended(before, fromOutside({ suspect: null }))).toEqual([[THEIR_SESSION.id, 'reported']]);
    const gone = account({ live: [], devices: [away, THEIRS] });
    expect(decideReport(gone, fromOutside({ suspect: null })).change!.account).toMatchObject({
      distrustedSince: THEIRS.firstSeenAt,
    });
  });

  it('without a session is taken from a settled device alone, as it stands at the commit', () => {
    const blocked = account({ devices: [{ ...OWN, blockedAt: NOW }, THEIRS] });
    expect(() => decideReport(blocked, fromOutside())).toThrow(code('fresh_proof_required'));
    const [later, latest] = [deviceAt(-8 * 86_400), deviceAt(-86_400)];
    const known = account({ devices: [later, latest, THEIRS], firstLoginAt: at(-9 * 86_400) });
    expect(() => decideReport(known, fromOutside({ by: { device: latest } }))).toThrow(code('fresh_proof_required'));
    // It shows its secret now, more than a week after it came.
    expect(ended(known, fromOutside({ by: { device: later } }))).toContainEqual([THEIR_SESSION.id, 'reported']);
  });

  it('without a session is taken from a settled device only, as it stands at the commit', () => {
    const before = account({ live: [THEIR_SESSION] });
    const [blocked, forgotten] = [{ devices: [{ ...OWN, blockedAt: at(-1) }, THEIRS] }, { devices: [THEIRS] }];
    for (const meanwhile of [blocked, forgotten])
      expect(() => decideReport({ ...before, ...meanwhile }, fromOutside())).toThrow(code('fresh_proof_required'));
    expect(ended(before, fromOutside())).toEqual([[THEIR_SESSION.id, 'reported']]);
  });

  it('is taken once, and from no session that has been ended meanwhile', () => {
    const reported = decideReport(account(), report()).change!.account;
    expect(decideReport(reported, report())).toEqual({ result: { reported: false }, change: null });
    expect(() => decideReport(account({ live: [THEIR_SESSION] }), report())).toThrow(code('invalid_token'));
  });

  it('blocks the device also once the session has left the history', () => {
    const suspect = { ...report().suspect!, session: null };
    expect(decideReport(account(), report({ suspect })).change!.account.devices).toMatchObject([
      {},
      { blockedAt: NOW },
    ]);
  });

  it('of a login that was refused blocks nobody and ends nothing', () => {
    const suspect = { deviceId: null, letIn: false, seenAt: at(-5), session: null };
    const { account: after, ended: gone } = decideReport(account(), report({ suspect })).change!;
    expect(gone).toEqual([]);
    expect(after).toMatchObject({ distrustedSince: at(-5), devices: [{ blockedAt: null }, { blockedAt: null }] });
  });
});

describe('of what a device has changed, a report', () => {
  const MOBILE = '+919812345678';
  const by = (device: Device, minutesAgo: number, confirmedSince: Date | null = null) => ({
    deviceId: device.id,
    at: at(-minutesAgo * MINUTE),
    confirmedSince,
  });
  const former = (replaced: ReturnType<typeof by>, value = MOBILE) => {
    const since = at(-500 * MINUTE);
    return aFormer({ kind: 'mobile', value, addedAt: since, verifiedAt: since, since, replaced });
  };
  /** With another mobile than the first one, and who has set it. */
  const moved = (change: ReturnType<typeof by>, more: Partial<Account> = {}) =>
    account({
      mobile: '+919812345679',
      mobileVerifiedAt: at(-10 * MINUTE),
      mobileSince: at(-10 * MINUTE),
      identifiersSetBy: { mobile: change },
      formerIdentifiers: [former(change)],
      ...more,
    });
  const after = (before: Account, asked = report()) => decideReport(before, asked).change!.account;

  it('puts back what the device has replaced, with its rights', () => {
    expect(after(moved(by(THEIRS, 20)))).toMatchObject({
      mobile: MOBILE,
      mobileVerifiedAt: at(-500 * MINUTE),
      mobileSince: at(-500 * MINUTE),
      identifiersSetBy: {},
      formerIdentifiers: [],
    });
  });

  it('puts back what was there first, and leaves nothing of what came in between', () => {
    const formers = [former(by(THEIRS, 20)), former(by(THEIRS, 10), '+919812345670')];
    expect(after(moved(by(THEIRS, 10), { formerIdentifiers: formers }))).toMatchObject({
      mobile: MOBILE,
      formerIdentifiers: [],
    });
  });

  it('takes off what the device has added, and what came in the place of something too old', () => {
    const nothing = { mobile: null, mobileVerifiedAt: null, mobileSince: null, mobileAddedAt: null };
    expect(after(moved(by(THEIRS, 20), { formerIdentifiers: [] }))).toMatchObject(nothing);
    const long = 14 * 24 * 60;
    const [first, theirs] = [deviceAt(-3 * long * MINUTE), deviceAt(-2 * long * MINUTE)];
    const [mine, session] = [on(first), on(theirs)];
    const before = moved(by(theirs, long), { live: [mine, session], devices: [first, theirs] });
    const suspect = { deviceId: theirs.id, letIn: true, seenAt: session.createdAt, session };
    const actor = { kind: 'user', userId: 'user-1', sessionId: mine.id } as const;
    expect(after(before, report({ suspect, actor }))).toMatchObject(nothing);
  });

  it('puts nothing back that the device had added itself, and what was there before', () => {
    const [added, own] = [by(THEIRS, 20), by(OWN, 300)];
    const theirs = { ...former(by(THEIRS, 10), '+919812345670'), setBy: added };
    const nothing = { mobile: null, mobileVerifiedAt: null, formerIdentifiers: [] };
    expect(after(moved(by(THEIRS, 10), { formerIdentifiers: [theirs] }))).toMatchObject(nothing);
    const first = { ...former(added), setBy: own };
    const restored = after(moved(by(THEIRS, 10), { formerIdentifiers: [theirs, first] }));
    expect(restored).toMatchObject({ mobile: MOBILE, identifiersSetBy: { mobile: own }, formerIdentifiers: [] });
  });

  it('takes back what later devices have changed, and leaves what the reporting one has, or an older one', () => {
    const [later, older] = [deviceAt(-30 * MINUTE), deviceAt(-900 * MINUTE)];
    const devices = [OWN, THEIRS, later, older];
    expect(after(moved(by(later, 20), { devices })).mobile).toBe(MOBILE);
    for (const device of [OWN, older]) expect(after(moved(by(device, 20), { devices })).mobile).toBe('+919812345679');
  });

  it('leaves what a code to an older channel has confirmed', () => {
    expect(after(moved(by(THEIRS, 20, at(-500 * MINUTE)))).mobile).toBe('+919812345679');
    expect(after(moved(by(THEIRS, 20, at(-30 * MINUTE)))).mobile).toBe(MOBILE);
  });

  it('without a suspect takes back what a device has changed that is forgotten by now', () => {
    const before = moved(by(THEIRS, 20), { live: [], devices: [{ ...OWN, lastSeenAt: at(-40 * MINUTE) }] });
    expect(after(before, fromOutside({ suspect: null })).mobile).toBe(MOBILE);
  });

  it('tells which identifiers it has put back', () => {
    const { events } = decideReport(moved(by(THEIRS, 20)), report()).change!;
    expect(events).toContainEqual(expect.objectContaining({ type: 'identifiers.restored', kinds: ['mobile'] }));
  });
});
