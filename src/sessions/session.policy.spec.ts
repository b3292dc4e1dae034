import fc from 'fast-check';
import { DEVICE_CLASSES, type DeviceClass } from '../accounts/index.js';
import { POLICY } from '../../test/support/records.js';
import {
  decideAdmission,
  HIGHEST_LIMIT,
  LIMIT_SCOPES,
  ON_LIMIT,
  type Seat,
  type SessionPolicy,
} from './session.policy.js';

/** `a` began first, `b` second, `c` third; used last in the order `c`, `a`, `b`. */
const A = seat('a', 1, 20);
const B = seat('b', 2, 30);
const C = seat('c', 3, 10);

function seat(id: string, createdAt: number, lastSeenAt: number, deviceClass: DeviceClass = 'desktop'): Seat {
  return { id, device: { class: deviceClass }, createdAt: new Date(createdAt), lastSeenAt: new Date(lastSeenAt) };
}

function decide(seats: readonly Seat[], policy: Partial<SessionPolicy>, newcomer: DeviceClass = 'desktop') {
  const admission = decideAdmission(seats, newcomer, { ...POLICY, ...policy });
  const ids = (list: readonly Seat[]) => list.map(({ id }) => id);
  return admission.admitted ? { ends: ids(admission.displaced) } : { refusedFor: ids(admission.inTheWay) };
}

describe('decideAdmission', () => {
  it.each<[rule: string, seats: Seat[], policy: Partial<SessionPolicy>, outcome: object]>([
    ['ends nobody while there is a place', [A, B], { limit: 3 }, { ends: [] }],
    ['ends the oldest session when the limit is reached', [C, A, B], { limit: 3 }, { ends: ['a'] }],
    ['ends as many as a lowered limit asks for, oldest first', [C, A, B], { limit: 1 }, { ends: ['a', 'b', 'c'] }],
    ['ends the least recently used session', [A, B, C], { limit: 3, onLimit: 'end-least-recent' }, { ends: ['c'] }],
    ['ends all sessions, but only when the limit is reached', [A], { limit: 2, onLimit: 'end-all' }, { ends: [] }],
    ['ends all sessions when the limit is reached', [A, B], { limit: 2, onLimit: 'end-all' }, { ends: ['a', 'b'] }],
    ['refuses, and names who is in the way', [A, B], { limit: 2, onLimit: 'refuse' }, { refusedFor: ['a', 'b'] }],
    ['asks, and names who is in the way', [A], { onLimit: 'ask' }, { refusedFor: ['a'] }],
    ['lets the first one in under refuse', [], { onLimit: 'refuse' }, { ends: [] }],
  ])('%s', (_, seats, policy, outcome) => {
    expect(decide(seats, policy)).toEqual(outcome);
  });

  it('settles a tie by the id, which sorts by creation', () => {
    const twins = [seat('2', 5, 5), seat('1', 5, 5), seat('3', 5, 5)];
    expect(decide(twins, { limit: 3 })).toEqual({ ends: ['1'] });
    expect(decide(twins, { limit: 3, onLimit: 'end-least-recent' })).toEqual({ ends: ['1'] });
  });

  it.each(ON_LIMIT)('counts one device class only, where the limit is per device class (%s)', (onLimit) => {
    const phone = seat('phone', 1, 1, 'mobile');
    expect(decide([phone], { per: 'device-class', onLimit }, 'desktop')).toEqual({ ends: [] });
    const outcome = decide([phone, A], { per: 'device-class', onLimit }, 'desktop');
    expect(Object.values(outcome)).toEqual([['a']]);
  });

  it.each(ON_LIMIT)('holds "no limit" at 1,000 by ending the least recent, and refuses nobody (%s)', (onLimit) => {
    const full = Array.from({ length: HIGHEST_LIMIT }, (_, i) => seat(String(i), i, i === 700 ? 0 : i + 1));
    expect(decide(full.slice(1), { limit: null, onLimit })).toEqual({ ends: [] });
    expect(decide(full, { limit: null, onLimit })).toEqual({ ends: ['700'] });
  });

  it('counts all sessions where there is no limit, also per device class', () => {
    const full = Array.from({ length: HIGHEST_LIMIT }, (_, i) => seat(String(i), i, i + 1, i % 2 ? 'mobile' : 'tv'));
    expect(decide(full, { limit: null, per: 'device-class' })).toEqual({ ends: ['0'] });
  });
});

describe('decideAdmission, whatever the sessions and the policy', () => {
  const classes = fc.constantFrom<DeviceClass>(...DEVICE_CLASSES);
  const seats = fc
    .array(fc.tuple(fc.nat(50), fc.nat(50), classes), { maxLength: 30 })
    .map((list) => list.map(([created, seen, of], i) => seat(String(i).padStart(2, '0'), created, seen, of)));
  const policies = fc.record({
    limit: fc.option(fc.integer({ min: 1, max: 12 })),
    per: fc.constantFrom(...LIMIT_SCOPES),
    onLimit: fc.constantFrom(...ON_LIMIT),
    idleTimeout: fc.constant(60),
    maxAge: fc.constant(600),
  });
  const counted = (all: readonly Seat[], newcomer: DeviceClass, { limit, per }: SessionPolicy) =>
    all.filter((one) => limit === null || per === 'user' || one.device.class === newcomer);

  it('never exceeds the limit after an admission, and ends no more than it must', () => {
    fc.assert(
      fc.property(seats, classes, policies, (all, newcomer, policy) => {
        const admission = decideAdmission(all, newcomer, policy);
        if (!admission.admitted) return;
        const before = counted(all, newcomer, policy);
        const left = before.length - admission.displaced.length + 1;
        const limit = policy.limit ?? HIGHEST_LIMIT;
        expect(left).toBeLessThanOrEqual(limit);
        if (policy.onLimit !== 'end-all' && admission.displaced.length > 0) expect(left).toBe(limit);
        expect(new Set(admission.displaced).size).toBe(admission.displaced.length);
        expect(before).toEqual(expect.arrayContaining([...admission.displaced]));
      }),
    );
  });

  it('ends nobody under refuse, ask and approve, and turns nobody away while there is a place', () => {
    fc.assert(
      fc.property(seats, classes, policies, (all, newcomer, policy) => {
        const admission = decideAdmission(all, newcomer, policy);
        const waits = policy.limit !== null && ['refuse', 'ask', 'approve'].includes(policy.onLimit);
        const full = counted(all, newcomer, policy).length >= (policy.limit ?? HIGHEST_LIMIT);
        expect(admission.admitted).toBe(!(waits && full));
        if (waits && admission.admitted) expect(admission.displaced).toEqual([]);
      }),
    );
  });

  it.each([
    ['end-oldest', 'createdAt'],
    ['end-least-recent', 'lastSeenAt'],
  ] as const)('under %s everyone who goes has an earlier %s than everyone who stays', (onLimit, time) => {
    fc.assert(
      fc.property(seats, classes, policies, (all, newcomer, given) => {
        const policy = { ...given, onLimit, limit: given.limit ?? 5 };
        const admission = decideAdmission(all, newcomer, policy);
        const gone = admission.admitted ? admission.displaced : [];
        const stay = counted(all, newcomer, policy).filter((one) => !gone.includes(one));
        const key = (one: Seat) => one[time].getTime() * 100 + Number(one.id);
        expect(admission.admitted).toBe(true);
        expect(Math.max(...gone.map(key))).toBeLessThan(Math.min(...stay.map(key)));
      }),
    );
  });
});
