import {
  deletionDueAt,
  identifierKeys,
  newAccount,
  type Account,
  type Code,
  type Postponed,
} from '../accounts/index.js';
import { aDevice, anAccount, aSession, at, NOW } from '../../test/support/records.js';
import { decideDeletion, decideDueDeletion, type Deletion } from './deletion.decider.js';

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as unknown as Error;

const ID = 'user-1';
const ASKING = aSession({ userId: ID });
const OTHER = aSession({ userId: ID });
const SETTLED = aDevice({ id: ASKING.device.id, confirmedAt: at(-60) });
const OPEN: Code = {
  id: 'code-1',
  purpose: 'login',
  channel: 'mobile',
  contact: '+919012345678',
  hash: 'hash',
  expiresAt: at(60),
  requestHash: null,
  bySettled: false,
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
    devices: [aDevice(), SETTLED],
    tickets: [
      {
        hash: 'ticket',
        expiresAt: at(60),
        credentialVersion: 4,
        provedBy: 'password',
        vouched: null,
        holder: null,
        request: null,
      },
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

const DAY = 86_400;
const NEWCOMER = { ...SETTLED, confirmedAt: null };
const wish = (more: Partial<Postponed> = {}): Postponed => ({
  kind: 'deletion',
  requestedAt: at(-DAY),
  dueAt: at(13 * DAY),
  deviceId: NEWCOMER.id,
  cancelledAt: null,
  ...more,
});

describe('a deletion asked for from a device that is not settled', () => {
  const unsettled = (more: Partial<Account> = {}) => whole({ devices: [NEWCOMER], ...more });
  const ask = (account: Account, more: Partial<Deletion> = {}) => {
    const proof = { kind: 'password', credentialVersion: account.credentialVersion } as const;
    return decideDeletion(account, { now: NOW, sessionId: ASKING.id, proof, ...more });
  };

  it('waits 14 days, and says who asked', () => {
    const { result, change } = ask(unsettled());
    expect(result).toEqual({ deletesAt: at(14 * DAY) });
    expect(change!.account).toMatchObject({ username: 'vera', deletedAt: null, live: [{ id: ASKING.id }, OTHER] });
    expect(deletionDueAt(change!.account)).toEqual(at(14 * DAY));
    expect(change!.events).toMatchObject([
      { type: 'deletion.requested', deletesAt: at(14 * DAY), by: { sessionId: ASKING.id, ip: ASKING.ip } },
    ]);
  });

  it('is answered as before while one waits, from whatever device, and told of once', () => {
    for (const postponed of [[wish()], [wish({ deviceId: 'another' })], [wish({ dueAt: at(-1) })]]) {
      const { result, change } = ask(unsettled({ postponed }));
      expect(result.deletesAt).toEqual(postponed[0]!.dueAt);
      expect([change?.account.postponed, change?.events]).toEqual([postponed, []]);
    }
  });

  it('is refused for 30 days after a cancellation, with a code or a settled device as the way', () => {
    const cancelled = (seconds: number) => unsettled({ postponed: [wish({ cancelledAt: at(seconds) })] });
    expect(() => ask(cancelled(-30 * DAY + 1))).toThrow(
      expect.objectContaining({
        code: 'fresh_proof_required',
        options: { details: { accepts: ['code', 'settled_device'] } },
      }),
    );
    const { result, change } = ask(cancelled(-30 * DAY));
    expect(result.deletesAt).toEqual(at(14 * DAY));
    expect(change!.account.postponed).toHaveLength(1);
    expect(ask(whole({ postponed: [wish({ cancelledAt: at(-1) })] })).change!.account.deletedAt).toEqual(NOW);
  });

  it('is made at once where a code to a settled channel is given, and where the account has no older device', () => {
    const proof = { kind: 'code', id: OPEN.id } as const;
    const verified = (seconds: number) => ({ mobileVerifiedAt: at(seconds), mobileAddedAt: at(seconds) });
    expect(ask(unsettled(verified(-8 * DAY)), { proof }).result.deletesAt).toBeNull();
    expect(ask(unsettled(verified(-6 * DAY)), { proof }).result.deletesAt).toEqual(at(14 * DAY));
    const first = { firstLoginAt: NEWCOMER.firstSeenAt };
    expect(ask(unsettled(first)).result.deletesAt).toBeNull();
    // Its channel is younger than a week and older than the device: the device is settled all the same.
    expect(ask(unsettled({ ...first, ...verified(-6 * DAY) }), { proof }).result.deletesAt).toBeNull();
  });

  it('is refused to an administrator, and needs the proof', () => {
    expect(() => ask(unsettled({ role: 'admin' }))).toThrow(code('admin_role_held'));
    expect(() => ask(unsettled(), { proof: { kind: 'code', id: 'none' } })).toThrow(code('invalid_code'));
  });
});

describe('a deletion that waits', () => {
  const due = (more: Partial<Account> = {}) => whole({ postponed: [wish({ dueAt: NOW })], ...more });

  it('has the effects of an immediate one, once it is due', () => {
    const { result, change } = decideDueDeletion(due(), NOW);
    const immediate = decide(due());
    expect(result).toEqual({ settled: true });
    expect(change!.account).toEqual(immediate.account);
    expect(change!.ended).toEqual(
      immediate.ended.map((session) => expect.objectContaining({ id: session.id, endReason: 'user_deleted', ip: '' })),
    );
    expect(change!.events.map(({ id, type }) => [id, type])).toEqual(
      immediate.events.map(({ id, type }) => [id, type]),
    );
    expect(JSON.stringify(change!.events)).not.toMatch(/203\.0\.113|Firefox|Linux|vera|\+91/i);
  });

  it('changes nothing before, and nothing where it was cancelled', () => {
    for (const postponed of [[], [wish({ dueAt: at(1) })], [wish({ dueAt: NOW, cancelledAt: at(-1) })]])
      expect(decideDueDeletion(whole({ postponed }), NOW)).toEqual({ result: { settled: false }, change: null });
  });

  it.each([{ role: 'admin' }, { lockedAt: at(-1) }] as const)('is dropped where the account has become %j', (more) => {
    const { result, change } = decideDueDeletion(due(more), NOW);
    expect(result).toEqual({ settled: true });
    expect(change!.account).toMatchObject({ username: 'vera', deletedAt: null });
    expect(deletionDueAt(change!.account)).toBeNull();
    expect(change!.events).toMatchObject([{ type: 'deletion.cancelled', by: null }]);
  });
});
