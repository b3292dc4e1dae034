import type { Account } from './account.js';
import { eventId, type AccountEvent, type AccountFact } from './account.events.js';
import type { Actor } from './actor.js';
import type { Device } from './device.js';
import { heldUntil } from './former-identifier.js';
import { standingOf, type Standing } from './standing.js';
import type { EndedBy, EndedSession, EndReason, Session } from './session.js';
import { withTelling } from './telling.js';

/** What a decision does to an account: the state after it, the sessions that it ends, the events that follow. */
export interface Change {
  readonly account: Account;
  readonly ended: readonly EndedSession[];
  readonly events: readonly AccountEvent[];
}

/** `change` is null where the decision leaves everything as it is. */
export interface Decision<R> {
  readonly result: R;
  readonly change: Change | null;
}

/** Pure and synchronous: an adapter may run it again on a newer account. */
export type Decide<R> = (account: Account) => Decision<R>;

/** An account with this many devices forgets one for the next. */
const MAX_DEVICES = 200;

/** Gathers a change step by step. Lives within one decision and touches nothing outside it. */
export class AccountDraft {
  account: Account;
  private readonly ended: EndedSession[] = [];
  private readonly events: AccountEvent[] = [];
  private standing: Standing | null = null;

  constructor(
    private readonly before: Account,
    readonly now: Date,
    readonly actor: Actor,
  ) {
    this.account = before;
  }

  set(patch: Partial<Omit<Account, 'id' | 'live' | 'devices'>>): void {
    this.account = { ...this.account, ...patch };
  }

  /** A code helps once. */
  useUpCode(codeId: string): void {
    this.set({ codes: this.account.codes.filter(({ id }) => id !== codeId) });
  }

  start(session: Session): void {
    this.account = { ...this.account, live: [...this.account.live, session] };
    this.emit(eventId('session.started', session.id), { type: 'session.started', session: withoutHash(session) });
  }

  /** Returns the tombstones. A session that is not live any more is passed over. */
  end(sessions: readonly Session[], endReason: EndReason, endedBy: EndedBy | null): EndedSession[] {
    const ids = new Set(sessions.map((session) => session.id));
    const tombstones = this.account.live
      .filter((session) => ids.has(session.id))
      .map((session) => ({ ...session, endedAt: this.now, endReason, endedBy }));
    if (tombstones.length === 0) return [];
    this.account = {
      ...this.account,
      live: this.account.live.filter((session) => !ids.has(session.id)),
      devices: this.account.devices.map((device) => tombstones.reduce(seenWith, device)),
    };
    for (const tombstone of tombstones) {
      this.ended.push(tombstone);
      this.emit(eventId('session.ended', tombstone.id), { type: 'session.ended', session: withoutHash(tombstone) });
    }
    return tombstones;
  }

  replaceSession(session: Session): void {
    const live = this.account.live.map((other) => (other.id === session.id ? session : other));
    this.account = { ...this.account, live };
  }

  putDevice(device: Device): void {
    const others = this.account.devices.filter((other) => other.id !== device.id);
    while (others.length >= MAX_DEVICES) others.splice(others.indexOf(this.mostDispensable(others)), 1);
    this.account = { ...this.account, devices: [...others, device] };
  }

  /** It stands from now on, as if it had come a moment ago. */
  takeStanding(device: Device): void {
    this.putDevice({ ...device, since: this.now, confirmedAt: null });
  }

  /** The tickets that it holds go with it. */
  forgetDevice(deviceId: string): void {
    const devices = this.account.devices.filter((device) => device.id !== deviceId);
    const tickets = this.account.tickets.filter(({ holder }) => holder?.deviceId !== deviceId);
    this.account = { ...this.account, devices, ...(tickets.length < this.account.tickets.length && { tickets }) };
  }

  /** Drops former identifiers that are not held any more. */
  private dropExpired(): void {
    const { formerIdentifiers } = this.account;
    const held = formerIdentifiers.filter((former) => this.now < heldUntil(former));
    if (held.length < formerIdentifiers.length) this.set({ formerIdentifiers: held });
  }

  /**
   * The youngest, of those without session and standing. A stranger with the password can bring in any number of devices, and must not
   * push out a settled one, nor one that is barred: these go only where there are no others, the youngest first.
   */
  private mostDispensable(devices: readonly Device[]): Device {
    const inUse = new Set(this.account.live.map(({ device }) => device.id));
    const weightOf = (device: Device) => {
      if (device.blockedAt) return 2;
      if (standingOf(this.account, { device }, this.now)!.settled) return 3;
      return inUse.has(device.id) ? 1 : 0;
    };
    const weighed = devices.map((device) => ({ device, weight: weightOf(device) }));
    return weighed.reduce((lightest, one) => {
      if (one.weight !== lightest.weight) return one.weight < lightest.weight ? one : lightest;
      return one.device.firstSeenAt >= lightest.device.firstSeenAt ? one : lightest;
    }).device;
  }

  /** With what standing the actor makes the change, which those are told by who may undo it. */
  actWith(standing: Standing | null): void {
    this.standing = standing;
  }

  emit(id: string, fact: AccountFact): void {
    this.events.push({ id, userId: this.account.id, at: this.now, actor: this.actor, ...fact });
  }

  commit<R>(result: R): Decision<R> {
    const untouched = this.account === this.before && this.events.length === 0;
    if (!untouched) this.dropExpired();
    const events = withTelling(this.events, this.standing);
    return { result, change: untouched ? null : { account: this.account, ended: this.ended, events } };
  }
}

/** A decision that changes nothing. */
export function unchanged<R>(result: R): Decision<R> {
  return { result, change: null };
}

export function withoutHash<S extends Session>(session: S): Omit<S, 'tokenHash' | 'rotation'> {
  const { tokenHash: _, rotation: __, ...snapshot } = session;
  return snapshot;
}

/** What used the session was the device: it keeps the time of it. */
function seenWith(device: Device, { device: { id }, lastSeenAt }: Session): Device {
  return device.id === id && lastSeenAt > device.lastSeenAt ? { ...device, lastSeenAt } : device;
}
