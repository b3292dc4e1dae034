import type { Account, AccountEvent, Decision, Ticket } from '../accounts/index.js';
import { aDevice, anAccount, anAttempt, aSession, at, NOW, POLICY, shownDevice } from '../../test/support/records.js';
import type { LoginAttempt } from './login-attempt.js';
import { decideLogin, type LoginResult } from './login.decider.js';

const TICKET: Ticket = {
  hash: 'fresh ticket',
  expiresAt: at(300),
  credentialVersion: 1,
  provedBy: 'password',
  vouched: null,
  holder: null,
  request: null,
};
const HASH = 'cd'.repeat(32);
const HELD: Ticket = { ...TICKET, hash: 'held ticket' };

/** Somebody who has logged in before. */
const aKnownAccount = (more: Partial<Account> = {}) => anAccount({ firstLoginAt: at(-3600), ...more });

/** A login with a password, from a device and a network that the account has not seen. */
const attempt = (more: Partial<LoginAttempt> = {}) =>
  anAttempt({
    sessionId: 'new-session',
    tokenHash: HASH,
    userAgent: 'test',
    ip: '198.51.100.9',
    device: shownDevice({ network: '198.51.100.0/24' }),
    proof: more.takeover ? { kind: 'ticket' } : { kind: 'password', credentialVersion: 1 },
    ticket: { hash: TICKET.hash, vouched: null },
    ...more,
  });

const login = (account: Account, more: Partial<LoginAttempt> = {}) => decideLogin(account, attempt(more));
const liveIds = ({ change }: Decision<LoginResult>) => change?.account.live.map(({ id }) => id);
const ended = ({ change }: Decision<LoginResult>) =>
  Object.fromEntries((change?.ended ?? []).map(({ id, endReason }) => [id, endReason]));
const types = ({ change }: Decision<LoginResult>) => change?.events.map(({ type }) => type) ?? [];
const find = ({ change }: Decision<LoginResult>, type: AccountEvent['type']) =>
  change?.events.find((event) => event.type === type);
const ask = { ...POLICY, onLimit: 'ask' } as const;
const refuse = { ...POLICY, onLimit: 'refuse' } as const;
const code = (value: string) => expect.objectContaining({ code: value });

describe('a login', () => {
  it('starts a session with the timeouts of the policy and keeps the device', () => {
    const decision = login(aKnownAccount(), { policy: { ...POLICY, idleTimeout: 60, maxAge: 600 } });
    expect(decision.change?.account.live).toMatchObject([
      { id: 'new-session', createdAt: NOW, lastSeenAt: NOW, idleTimeout: 60, expiresAt: at(600) },
    ]);
    expect(decision.change?.account.devices).toHaveLength(1);
    expect(JSON.stringify(decision.change?.events)).not.toContain(HASH);
  });

  it('tells of a new device, but never at the very first login of the account', () => {
    expect(types(login(aKnownAccount()))).toEqual(['session.started', 'device.first_seen']);
    const first = login(aKnownAccount({ firstLoginAt: null }));
    expect(types(first)).toEqual(['session.started']);
    expect(first.change?.account.firstLoginAt).toEqual(NOW);
    expect(login(aKnownAccount()).change?.account.firstLoginAt).toEqual(at(-3600));
  });

  it('displaces once for all, naming itself as the successor', () => {
    const live = [aSession(), aSession(), aSession()];
    const decision = login(aKnownAccount({ live }));
    expect(ended(decision)).toEqual(Object.fromEntries(live.map(({ id }) => [id, 'displaced'])));
    expect(decision.change?.ended[0]?.endedBy).toMatchObject({ sessionId: 'new-session', ip: '198.51.100.9' });
    expect(types(decision).filter((type) => type === 'sessions.displaced')).toHaveLength(1);
    expect(liveIds(decision)).toEqual(['new-session']);
  });

  it('counts no session that the clock has ended, and gives it its own reason', () => {
    const idle = aSession({ lastSeenAt: at(-1800) });
    const decision = login(aKnownAccount({ live: [idle] }), { policy: refuse });
    expect(decision.result.admitted).toBe(true);
    expect(ended(decision)).toEqual({ [idle.id]: 'idle_timeout' });
    expect(types(decision)).not.toContain('sessions.displaced');
  });

  it('is refused where the password was replaced meanwhile, or the user locked', () => {
    expect(() => login(aKnownAccount({ credentialVersion: 2 }))).toThrow(code('invalid_credentials'));
    const locked = aKnownAccount({ lockedAt: NOW });
    expect(() => login(locked)).toThrow(code('invalid_credentials'));
    expect(() => login(locked, { proof: { kind: 'vouched' } })).toThrow(code('user_locked'));
  });

  it('decides the same where the store runs it again', () => {
    const account = aKnownAccount({ live: [aSession()] });
    const same = attempt();
    expect(decideLogin(account, same)).toEqual(decideLogin(account, same));
  });
});

describe('a login from a device that proves itself', () => {
  const device = aDevice({ keyHash: 'proof' });
  const own = aSession({ device });
  const proven = { device: shownDevice({ keyHashes: ['proof'] }) };

  it('replaces its own session, under refuse too, and makes no notice', () => {
    const other = aSession({ createdAt: at(-120) });
    const account = aKnownAccount({ live: [other, own], devices: [device] });
    const decision = login(account, { ...proven, policy: { ...refuse, limit: 2 } });
    expect(liveIds(decision)).toEqual([other.id, 'new-session']);
    expect(ended(decision)).toEqual({ [own.id]: 'displaced' });
    expect(types(decision)).toEqual(['session.ended', 'session.started']);
  });

  it('takes a place like any other where it holds no session', () => {
    const account = aKnownAccount({ live: [aSession()], devices: [device] });
    expect(login(account, { ...proven, policy: refuse }).result.admitted).toBe(false);
  });

  it('keeps its row, its name and its first sight', () => {
    const named = { ...device, name: 'Kitchen tablet', firstSeenAt: at(-999) };
    const decision = login(aKnownAccount({ devices: [named] }), proven);
    expect(decision.change?.account.devices).toEqual([
      expect.objectContaining({ id: device.id, name: 'Kitchen tablet', firstSeenAt: at(-999), provenAt: NOW }),
    ]);
    expect(decision.change?.account.live[0]?.device.name).toBe('Kitchen tablet');
  });

  it('is refused under its own name', () => {
    const named = { ...device, name: 'Kitchen tablet' };
    const account = aKnownAccount({ live: [aSession()], devices: [named] });
    const event = find(login(account, { ...proven, policy: refuse }), 'session.refused');
    expect(event).toMatchObject({ device: { id: device.id, name: 'Kitchen tablet' } });
  });
});

describe('a login that only looks like a known device', () => {
  it('is no new device and gains nothing else', () => {
    const device = aDevice();
    const own = aSession({ device });
    const account = aKnownAccount({ live: [own], devices: [device] });
    const alike = { device: shownDevice() };
    expect(login(account, { ...alike, policy: refuse }).result.admitted).toBe(false);
    const decision = login(account, { ...alike, policy: { ...POLICY, limit: 2 } });
    expect(liveIds(decision)).toEqual([own.id, 'new-session']);
    expect(types(decision)).toEqual(['session.started', 'login.unproven']);
    expect(decision.change?.account.devices).toHaveLength(2);
  });

  it('is told once per network and day, whichever device it looks like', () => {
    const [here, there] = [aDevice(), aDevice({ network: 'n', signature: 's' })];
    const account = aKnownAccount({ devices: [here, there] });
    const idOf = (more: Partial<LoginAttempt> = {}) =>
      find(login(account, { device: shownDevice(), ...more }), 'login.unproven')?.id;
    expect(idOf()).toEqual(expect.any(String));
    expect(idOf({ sessionId: 'another' })).toBe(idOf());
    expect(idOf({ now: at(86_400) })).not.toBe(idOf());
    const elsewhere = { device: shownDevice({ network: 'n', signature: 's' }) };
    expect(new Set([undefined, idOf(), idOf(elsewhere)]).size).toBe(3);
  });

  it('is not told twice: of a new device, or where it took the place of others', () => {
    const device = aDevice();
    expect(types(login(aKnownAccount({ devices: [device] })))).toEqual(['session.started', 'device.first_seen']);
    const displacing = login(aKnownAccount({ live: [aSession()], devices: [device] }), { device: shownDevice() });
    expect(types(displacing)).toEqual(['session.ended', 'session.started', 'sessions.displaced']);
    const proven = { device: shownDevice({ keyHashes: [device.keyHash] }) };
    expect(types(login(aKnownAccount({ devices: [device] }), proven))).toEqual(['session.started']);
  });
});

describe('a login that the policy turns away', () => {
  const live = [aSession({ idleTimeout: 9999 })];

  it('leaves sessions, devices and the first login as they are', () => {
    const account = aKnownAccount({ live, firstLoginAt: null });
    const decision = login(account, { policy: refuse });
    expect(decision.result).toEqual({ admitted: false, inTheWay: live, asked: null });
    expect(decision.change?.account).toEqual(account);
    expect(types(decision)).toEqual(['session.refused']);
  });

  it('still ends what the clock has ended', () => {
    const idle = aSession({ lastSeenAt: at(-1800) });
    const decision = login(aKnownAccount({ live: [...live, idle] }), { policy: refuse });
    expect(decision.result).toMatchObject({ admitted: false, inTheWay: live });
    expect(ended(decision)).toEqual({ [idle.id]: 'idle_timeout' });
  });

  it('names one refusal per device signature, network and hour', () => {
    const account = aKnownAccount({ live });
    const idOf = (more: Partial<LoginAttempt>) =>
      find(login(account, { policy: refuse, ...more }), 'session.refused')?.id;
    const id = idOf({});
    expect(idOf({ now: at(1799) })).toBe(id);
    expect(idOf({ device: shownDevice({ network: '198.51.100.0/24', keyHashes: ['some secret'] }) })).toBe(id);
    const others = [
      { now: at(3600) },
      { device: shownDevice({ network: 'n' }) },
      { device: shownDevice({ signature: 's' }) },
    ];
    expect(new Set([id, ...others.map(idOf)]).size).toBe(4);
  });

  it('gets a ticket under ask, and ten at most are kept', () => {
    const tickets = Array.from({ length: 10 }, (_, i) => ({ ...TICKET, hash: String(i) }));
    const expired = { ...TICKET, hash: 'expired', expiresAt: NOW };
    const decision = login(aKnownAccount({ live, tickets: [expired, ...tickets] }), { policy: ask });
    expect(decision.result).toMatchObject({ admitted: false, asked: { to: 'choose', expiresAt: at(300) } });
    const holder = { deviceId: expect.any(String), keyHash: expect.any(String), class: 'desktop', ip: '198.51.100.9' };
    expect(decision.change?.account.tickets).toEqual([...tickets.slice(1), { ...TICKET, holder }]);
  });
});

describe('a takeover', () => {
  const [first, second] = [aSession({ createdAt: at(-600) }), aSession()];
  const account = aKnownAccount({ live: [first, second], tickets: [HELD] });
  const policy = { ...ask, limit: 2 };
  const with_ = (end: string[], ticketHash = HELD.hash) => ({ policy, takeover: { ticketHash, end } });

  it('ends the chosen, not the oldest, and uses the ticket up', () => {
    const decision = login(account, with_([second.id]));
    expect(liveIds(decision)).toEqual([first.id, 'new-session']);
    expect(decision.change?.account.tickets).toEqual([]);
  });

  it('keeps the ticket where too many are left, and hands out no second one', () => {
    const decision = login(account, with_(['ended long ago']));
    expect(decision).toEqual({ result: { admitted: false, inTheWay: [first, second], asked: null }, change: null });
  });

  it.each<[string, Partial<Account>, Partial<LoginAttempt>]>([
    ['unknown', {}, with_([], 'another')],
    ['expired', {}, { ...with_([]), now: at(300) }],
    ['got with an older password', { credentialVersion: 2 }, with_([])],
  ])('is refused with a ticket that is %s', (_, state, more) => {
    expect(() => login({ ...account, ...state }, more)).toThrow(code('invalid_ticket'));
  });

  it('holds for a ticket that a service got, whatever the password is by now', () => {
    const vouched = {
      ...HELD,
      credentialVersion: null,
      vouched: { userAgent: 'test', ip: '198.51.100.9', deviceId: null, service: 'test' },
    };
    const decision = login({ ...account, tickets: [vouched], credentialVersion: 7 }, with_([first.id]));
    expect(decision.result.admitted).toBe(true);
  });

  it('comes from the device that got the ticket, and keeps from where that was asked', () => {
    const holder = { deviceId: 'given', keyHash: 'key', class: 'desktop', ip: '203.0.113.7' } as const;
    const asked = { ...account, tickets: [{ ...HELD, holder }] };
    const device = shownDevice({ keyHashes: ['key'] });
    const from = (ip: string) => login(asked, { ...with_([first.id, second.id]), device, ip }).change!.account;
    expect(from('203.0.113.7')).toMatchObject({ live: [{ device: { id: 'given' }, askedFrom: null }] });
    expect(from('198.51.100.9')).toMatchObject({
      live: [{ ip: '198.51.100.9', askedFrom: '203.0.113.7' }],
      devices: expect.arrayContaining([expect.objectContaining({ id: 'given', keyHash: 'key' })]),
    });
  });
});
