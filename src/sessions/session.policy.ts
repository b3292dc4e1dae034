import type { DeviceClass } from '../accounts/index.js';

export const LIMIT_SCOPES = ['user', 'device-class'] as const;
export type LimitScope = (typeof LIMIT_SCOPES)[number];

export const ON_LIMIT = ['end-oldest', 'end-least-recent', 'end-all', 'refuse', 'ask', 'approve'] as const;
export type OnLimit = (typeof ON_LIMIT)[number];

/** How many sessions an account may have, and what happens to the one too many. */
export interface SessionPolicy {
  /** 1 to 1000, or null for none. */
  readonly limit: number | null;
  /** What the limit counts: all sessions of the user, or those on one class of device. */
  readonly per: LimitScope;
  readonly onLimit: OnLimit;
  /** Seconds. */
  readonly idleTimeout: number;
  /** Seconds. */
  readonly maxAge: number;
}

/** "None" is held here, for an account is one record that must stay small enough to read at once. */
export const HIGHEST_LIMIT = 1000;

/** The part of a session that the policy looks at. */
export interface Seat {
  readonly id: string;
  readonly device: { readonly class: DeviceClass };
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

export type Admission<S extends Seat> =
  | { readonly admitted: true; readonly displaced: readonly S[] }
  | { readonly admitted: false; readonly inTheWay: readonly S[] };

/**
 * Who gets in and who goes.
 *
 * `end-oldest`: "the newest login wins; whoever has been in longest goes." `end-least-recent`: the one unused for longest
 * goes. `end-all`: when the limit is reached, everybody goes. `refuse`, `ask` and `approve`: nobody goes; the newcomer waits.
 * Without a limit the least recent goes at 1,000 in all, whatever `per` and `onLimit` say: a login is never refused for a limit that nobody set.
 *
 * `seats` are the live sessions without those that the newcomer replaces anyway.
 */
export function decideAdmission<S extends Seat>(
  seats: readonly S[],
  newcomer: DeviceClass,
  policy: SessionPolicy,
): Admission<S> {
  const all = policy.per === 'user' || policy.limit === null;
  const counted = all ? seats : seats.filter((seat) => seat.device.class === newcomer);
  const limit = policy.limit ?? HIGHEST_LIMIT;
  const tooMany = counted.length + 1 - limit;
  if (tooMany <= 0) return { admitted: true, displaced: [] };
  switch (policy.limit === null ? 'end-least-recent' : policy.onLimit) {
    case 'end-oldest':
      return { admitted: true, displaced: earliest(counted, tooMany, (seat) => seat.createdAt) };
    case 'end-least-recent':
      return { admitted: true, displaced: earliest(counted, tooMany, (seat) => seat.lastSeenAt) };
    case 'end-all':
      return { admitted: true, displaced: counted };
    case 'refuse':
    case 'ask':
    case 'approve':
      return { admitted: false, inTheWay: counted };
  }
}

/** Ids are UUIDv7: they settle a tie in the order of creation. */
function earliest<S extends Seat>(seats: readonly S[], count: number, time: (seat: S) => Date): S[] {
  const order = (a: S, b: S) => time(a).getTime() - time(b).getTime() || (a.id < b.id ? -1 : 1);
  return [...seats].sort(order).slice(0, count);
}
