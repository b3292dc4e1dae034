import type { Account, Session } from '../accounts/index.js';
import { anAccount, aSession, at, NOW } from '../../test/support/records.js';
import { decideProfileChange, type ProfileChange } from './profile.decider.js';

const DAY = 86_400;
const MOBILE = '+919812345678';
const EMAIL = 'asha@example.com';

const byPassword = aSession({ expiresAt: at(30 * DAY), provedAt: NOW, provedBy: 'password' });
const changed = (account: Account, session: Session, patch: ProfileChange['patch'], now = NOW) =>
  decideProfileChange(account, { now, sessionId: session.id, proof: null, patch }).change!.account;

/** Somebody with two verified channels, of which the mobile is the older one. */
const owner = (session: Session, more: Partial<Account> = {}) =>
  anAccount({
    live: [session],
    createdAt: at(-90 * DAY),
    username: 'demo.asha',
    mobile: MOBILE,
    mobileAddedAt: at(-60 * DAY),
    mobileVerifiedAt: at(-60 * DAY),
    mobileSince: at(-60 * DAY),
    email: EMAIL,
    emailAddedAt: at(-30 * DAY),
    emailVerifiedAt: at(-30 * DAY),
    emailSince: at(-30 * DAY),
    ...more,
  });

describe('an identifier that is replaced without a code to it', () => {
  it('is kept with its rights, and with who has replaced it', () => {
    const account = changed(owner(byPassword), byPassword, { mobile: '+919812345679', username: 'demo.other' });
    const replaced = { deviceId: byPassword.device.id, at: NOW, confirmedSince: null };
    expect(account.formerIdentifiers).toEqual([
      {
        kind: 'username',
        value: 'demo.asha',
        addedAt: at(-90 * DAY),
        setBy: null,
        verifiedAt: null,
        since: null,
        replaced,
      },
      {
        kind: 'mobile',
        value: MOBILE,
        addedAt: at(-60 * DAY),
        setBy: null,
        verifiedAt: at(-60 * DAY),
        since: at(-60 * DAY),
        replaced,
      },
    ]);
    expect(account).toMatchObject({ mobileVerifiedAt: null, mobileSince: null, mobileAddedAt: NOW });
    expect(account.identifiersSetBy).toEqual({ mobile: replaced, username: replaced });
  });

  it('is kept when it is removed, too', () => {
    const account = changed(owner(byPassword), byPassword, { email: null });
    expect(account).toMatchObject({ email: null, emailVerifiedAt: null, emailSince: null, emailAddedAt: null });
    expect(account.formerIdentifiers).toMatchObject([{ kind: 'email', value: EMAIL, since: at(-30 * DAY) }]);
  });

  it('is kept however many come and go after it', () => {
    let account = owner(byPassword);
    for (let i = 0; i < 12; i++) {
      const now = at(i);
      account = changed(account, byPassword, { mobile: `+9198123456${10 + i}` }, now);
      account = { ...account, mobileVerifiedAt: now, mobileSince: now };
    }
    expect(account.formerIdentifiers).toHaveLength(10);
    expect(account.formerIdentifiers[0]).toMatchObject({ value: MOBILE, since: at(-60 * DAY) });
  });

  it('is let go once others may have it: a contact after two weeks, a username after 90 days', () => {
    const session = { ...byPassword, expiresAt: at(200 * DAY), idleTimeout: 200 * DAY };
    const once = changed(owner(session), session, { mobile: '+919812345679', username: 'demo.other' });
    const kept = (days: number) =>
      changed({ ...once, live: [session] }, session, { displayName: `${days}` }, at(days * DAY)).formerIdentifiers;
    expect(kept(14).map(({ kind }) => kind)).toEqual(['username', 'mobile']);
    expect(kept(15).map(({ kind }) => kind)).toEqual(['username']);
    expect(kept(90)).toEqual([]);
  });

  it('is told of with the standing that the change was made with, also where it took that standing away', () => {
    const since = at(-30 * 86_400);
    const mobile = { mobile: '+919812345678', mobileVerifiedAt: since, mobileSince: since, mobileAddedAt: since };
    const session = aSession({ expiresAt: at(86_400), provedAt: NOW, provedBy: 'mobile' });
    const account = anAccount({ live: [session], ...mobile });
    const patch = { mobile: '+919812345679', email: 'asha@example.com' };
    const { change } = decideProfileChange(account, { now: NOW, sessionId: session.id, proof: null, patch });
    const telling = { changes: ['mobile_changed', 'email_changed'], by: { kind: 'channel', settled: true, since } };
    expect(change!.events).toMatchObject([{ telling }, { telling }]);
  });
});

describe('a code that confirms the change', () => {
  const confirmedBy = (channel: 'mobile' | 'email') => ({ ...byPassword, provedBy: channel });

  it('ends the rights of the contact that it was sent to', () => {
    const session = confirmedBy('mobile');
    expect(changed(owner(session), session, { mobile: '+919812345679' }).formerIdentifiers).toEqual([]);
  });

  it('to another channel lets the new contact count from when that one did, and leaves the old one its rights', () => {
    const session = confirmedBy('email');
    const account = changed(owner(session), session, { mobile: '+919812345679' });
    expect(account).toMatchObject({ mobileVerifiedAt: null, mobileSince: at(-30 * DAY) });
    expect(account.formerIdentifiers).toMatchObject([
      { value: MOBILE, replaced: { confirmedSince: at(-30 * DAY), deviceId: session.device.id } },
    ]);
  });
});

it('the last identifier stays', () => {
  const account = anAccount({ live: [byPassword], mobile: MOBILE });
  const remove = { now: NOW, sessionId: byPassword.id, proof: null, patch: { mobile: null } };
  expect(() => decideProfileChange(account, remove)).toThrow(expect.objectContaining({ code: 'last_identifier' }));
});
