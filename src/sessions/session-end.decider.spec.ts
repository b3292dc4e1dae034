import { holderOf, SYSTEM, type AccountEvent, type Decision, type EndReason } from '../accounts/index.js';
import { at, anAccount, aSession, NOW } from '../../test/support/records.js';
import { decideEnd, decideTimeouts, getLive, type EndRequest } from './session-end.decider.js';

const OWN = aSession();
const OTHER = aSession();
const THIRD = aSession();
const ACCOUNT = anAccount({ live: [OWN, OTHER, THIRD] });

const ALL = { now: NOW, reason: 'revoked', which: () => true, actor: holderOf(OWN), sparesAdmins: false } as const;

function end(more: Partial<EndRequest>) {
  return decideEnd(ACCOUNT, { ...ALL, ...more });
}

const reasons = ({ change }: Decision<unknown>) =>
  Object.fromEntries((change?.ended ?? []).map(({ id, endReason }) => [id, endReason]));
const eventsOf = ({ change }: Decision<unknown>, type: AccountEvent['type']) =>
  (change?.events ?? []).filter((event) => event.type === type);

describe('decideEnd', () => {
  it('ends the asked for and leaves the others', () => {
    const decision = end({ which: ({ id }) => id === OTHER.id });
    expect(reasons(decision)).toEqual({ [OTHER.id]: 'revoked' });
    expect(decision.change?.account.live).toEqual([OWN, THIRD]);
    expect(decision.result).toEqual(decision.change?.ended);
    expect(decision.change?.ended[0]).toMatchObject({ endedAt: NOW, endedBy: { sessionId: OWN.id, ip: OWN.ip } });
  });

  it('changes nothing where none of the asked for is live', () => {
    expect(end({ which: () => false })).toEqual({ result: [], change: null });
  });

  it('calls it logging out where a session ends itself, also along with the others', () => {
    expect(reasons(end({}))).toEqual({ [OWN.id]: 'logged_out', [OTHER.id]: 'revoked', [THIRD.id]: 'revoked' });
  });

  it('says once per call that somebody else ended sessions, however many they were', () => {
    const decision = end({});
    expect(eventsOf(decision, 'session.ended')).toHaveLength(3);
    expect(eventsOf(decision, 'sessions.revoked')).toMatchObject([{ by: { sessionId: OWN.id } }]);
  });

  it.each<[EndReason, number]>([
    ['revoked_by_admin', 1],
    ['revoked_by_service', 1],
    ['device_forgotten', 1],
    ['logged_out', 0],
    ['password_changed', 0],
    ['user_locked', 0],
  ])('makes of %s this many notices: %i', (reason, notices) => {
    const decision = end({ reason, actor: SYSTEM });
    expect(Object.values(reasons(decision))).toEqual([reason, reason, reason]);
    expect(eventsOf(decision, 'sessions.revoked')).toHaveLength(notices);
  });

  it('does not report to the holder what the holder did to the own session', () => {
    expect(eventsOf(end({ which: ({ id }) => id === OWN.id }), 'sessions.revoked')).toEqual([]);
  });

  it('gives what the clock has ended its own reason, and does not count it', () => {
    const idle = aSession({ lastSeenAt: at(-1800) });
    const old = aSession({ expiresAt: NOW });
    const account = anAccount({ live: [OWN, idle, old] });
    const decision = decideEnd(account, ALL);
    expect(reasons(decision)).toEqual({ [OWN.id]: 'logged_out', [idle.id]: 'idle_timeout', [old.id]: 'expired' });
    expect(decision.result.map(({ id }) => id)).toEqual([OWN.id]);
    expect(eventsOf(decision, 'sessions.revoked')).toEqual([]);
  });

  it('names the same events where the store runs it again', () => {
    const ids = () => end({}).change?.events.map(({ id }) => id);
    expect(ids()).toEqual(ids());
    expect(new Set(ids()).size).toBe(4);
  });

  it('lets no hash into an event', () => {
    expect(JSON.stringify(end({}).change?.events)).not.toContain(OWN.tokenHash);
  });
});

describe('decideTimeouts', () => {
  it('ends at the very moment of the timeout, not a millisecond before', () => {
    const session = aSession({ lastSeenAt: NOW, idleTimeout: 60 });
    const account = anAccount({ live: [session] });
    expect(decideTimeouts(account, new Date(at(60).getTime() - 1)).change).toBeNull();
    expect(reasons(decideTimeouts(account, at(60)))).toEqual({ [session.id]: 'idle_timeout' });
  });

  it('calls it expired where both timeouts have struck', () => {
    const session = aSession({ lastSeenAt: at(-9999), expiresAt: at(-1) });
    expect(reasons(decideTimeouts(anAccount({ live: [session] }), NOW))).toEqual({ [session.id]: 'expired' });
  });
});

describe('getLive', () => {
  it('finds the live session and refuses one that has ended or timed out since', () => {
    expect(getLive(ACCOUNT, OWN.id, NOW)).toBe(OWN);
    const refusal = expect.objectContaining({ code: 'invalid_token' });
    expect(() => getLive(ACCOUNT, 'gone', NOW)).toThrow(refusal);
    expect(() => getLive(ACCOUNT, OWN.id, at(99_999))).toThrow(refusal);
  });
});
