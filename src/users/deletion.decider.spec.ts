import { describe, expect, it } from '@jest/globals';
import { identifierKeys, newAccount, type Account, type Code } from '../accounts/index.js';
import { aDevice, anAccount, aSession, at, NOW } from '../../test/support/records.js';
import { decideDeletion, type Deletion } from './deletion.decider.js';

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as unknown as Error;

const ID = 'user-1';
const ASKING = aSession({ userId: ID });
const OTHER = aSession({ userId: ID });
const OPEN: Code = {
  id: 'code-1',
  purpose: 'login',
  channel: 'mobile',
  contact: '+919012345678',
  hash: 'hash',
  expiresAt: at(60),
  triesLeft: 3,
};

const whole = (more: Partial<Account> = {}) =>
  anAccount({
    id: ID,
    mobile: OPEN.contact,
    username: 'vera',
    email: 'vera@example.com',
    mobileVerifiedAt: at(-9),
    emailVerifiedAt: at(-9),
    displayName: 'Vera',
    avatarUrl: '/v1/images/1/256',
    locale: 'es',
    passwordHash: 'hash',
    credentialVersion: 4,
    lockedAt: null,
    distrustedSince: null,
    reported: ['notice-1'],
    live: [ASKING, OTHER],
    devices: [aDevice(), aDevice({ id: ASKING.device.id })],
    tickets: [
      { hash: 'ticket', expiresAt: at(60), credentialVersion: 4, provedBy: 'password', vouched: null, request: null },
    ],
    codes: [OPEN],
    ...more,
  });

const decide = (account = whole(), more: Partial<Deletion> = {}) => {
  const proof = { kind: 'password', credentialVersion: account.credentialVersion } as const;
  return decideDeletion(account, { now: NOW, sessionId: ASKING.id, proof, ...more }).change!;
};

describe('deletion of an account', () => {
  it('leaves the id, the time of creation and that of the deletion', () => {
    const before = whole();
    const { account } = decide(before);
    expect(account).toEqual({
      ...newAccount(before.id, before.createdAt, {}),
      credentialVersion: 5,
      deletedAt: NOW,
    });
    expect(identifierKeys(account)).toEqual([]);
  });

  it('ends every session, says so of each without a trace, and of the account last', () => {
    const { ended, events } = decide();
    expect(ended.map(({ id, endReason, endedBy, tokenHash }) => [id, endReason, endedBy, tokenHash])).toEqual([
      [ASKING.id, 'user_deleted', null, ASKING.tokenHash],
      [OTHER.id, 'user_deleted', null, OTHER.tokenHash],
    ]);
    expect(events.map(({ type }) => type)).toEqual(['session.ended', 'session.ended', 'user.deleted']);
    expect(JSON.stringify(events)).not.toMatch(/203\.0\.113|Firefox|Linux|vera|\+91/i);
    expect(events[0]?.actor).toEqual({ kind: 'user', userId: ID, sessionId: ASKING.id });
  });

  it('names its event after the account: decided again it is the same', () => {
    const [one, two] = [decide(), decide(whole(), { now: at(5) })];
    expect(one.events.at(-1)?.id).toBe(two.events.at(-1)?.id);
  });

  it('lets what the clock has ended keep that reason', () => {
    const idle = aSession({ lastSeenAt: at(-7200) });
    const { ended } = decide(whole({ live: [ASKING, idle] }));
    expect(ended.map(({ id, endReason }) => [id, endReason]).sort()).toEqual(
      [
        [ASKING.id, 'user_deleted'],
        [idle.id, 'idle_timeout'],
      ].sort(),
    );
  });

  it('is refused where the session has ended, or the proof has become worthless', () => {
    expect(() => decide(whole({ live: [OTHER] }))).toThrow(code('invalid_token'));
    const stale = { kind: 'password', credentialVersion: 3 } as const;
    expect(() => decide(whole(), { proof: stale })).toThrow(code('wrong_password'));
    expect(() => decide(whole({ distrustedSince: at(-600) }))).toThrow(code('wrong_password'));
    for (const codes of [[], [{ ...OPEN, purpose: 'recover' as const }], [{ ...OPEN, contact: '+919012345679' }]]) {
      const proof = { kind: 'code', id: OPEN.id } as const;
      expect(() => decide(whole({ codes }), { proof })).toThrow(code('invalid_code'));
    }
    expect(decide(whole(), { proof: { kind: 'code', id: OPEN.id } }).account.deletedAt).toEqual(NOW);
  });

  it('is refused to an administrator', () => {
    expect(() => decide(whole({ role: 'admin' }))).toThrow(code('admin_role_held'));
  });
});
