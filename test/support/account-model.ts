import type { DeviceClass } from '../../src/accounts/index.js';
import type { SessionPolicy } from '../../src/sessions/index.js';

/**
 * What API.md and DESIGN.md say of one account, in the plainest words that a program has: lists that are altered in place,
 * one step after the other. It knows nothing of the code under test. Times are ms.
 */

export interface ModelSession {
  readonly id: string;
  readonly deviceId: string;
  readonly class: DeviceClass;
  readonly createdAt: number;
  /** When its holder last gave the password; null where a service vouched. */
  provedAt: number | null;
  lastSeenAt: number;
  readonly idleMs: number;
  readonly expiresAt: number;
  tokenHash: string;
}

interface ModelDevice {
  readonly id: string;
  readonly key: string;
  signature: string;
  network: string;
  readonly firstSeenAt: number;
}

export interface ModelLogin {
  readonly now: number;
  readonly sessionId: string;
  readonly tokenHash: string;
  readonly policy: SessionPolicy;
  /** The password shown, by number; null where a service vouches. */
  readonly password: number | null;
  /** `key` is null for a device that shows nothing. A device that is new is given `newKey`, whatever it shows. */
  readonly device: {
    id: string;
    key: string | null;
    newKey: string;
    class: DeviceClass;
    signature: string;
    network: string;
  };
  /** The ticket that is handed out where the policy asks. */
  readonly ticket: string;
  readonly takeover: { readonly ticket: string; readonly end: readonly string[] } | null;
}

/** `holder` is the device that a person's own login got it on: a new one is given the id and the key of then. */
interface ModelTicket {
  readonly expiresAt: number;
  readonly password: number | null;
  readonly holder: { readonly id: string; readonly key: string } | null;
}

export type ModelAnswer =
  | { readonly admitted: true; readonly displaced: string[]; readonly newDevice: boolean }
  | { readonly admitted: false; readonly inTheWay: string[]; readonly asked: boolean }
  | { readonly refused: string };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TICKET_MS = 300_000;
const PROOF_MS = 300_000;
/** Ends that the person hears of, where somebody else than the session itself asked for them. */
const TOLD = ['revoked', 'revoked_by_admin', 'revoked_by_service', 'device_forgotten'];

export class AccountModel {
  live: ModelSession[] = [];
  devices: ModelDevice[] = [];
  locked = false;
  password = 1;
  /** Reason and successor of what was ended by somebody. */
  readonly ended = new Map<string, { reason: string; by: string | null }>();
  /** What the clock has ended: it may take the service until the next look to say so. */
  readonly timedOut = new Map<string, ModelSession>();
  /** Everything that must be told, each once. The same refusal within an hour is the same. */
  readonly told: string[] = [];
  readonly refusals = new Set<string>();
  /** Networks and days on which a login without proof was told of. */
  private readonly unproven = new Set<string>();
  private readonly tickets = new Map<string, ModelTicket>();
  private loggedInBefore = false;
  private newest: { policy: SessionPolicy; class: DeviceClass } | null = null;

  /** A session ends once it is unused for its idle time, or at its greatest age. */
  passTo(now: number): void {
    for (const session of [...this.live]) {
      if (now < session.expiresAt && now < session.lastSeenAt + session.idleMs) continue;
      this.timedOut.set(session.id, session);
      this.live = this.live.filter((other) => other !== session);
    }
  }

  /** What the clock may say of a session that it has ended by then. */
  timeoutReasons(session: ModelSession, by: number): string[] {
    return [
      ...(by >= session.expiresAt ? ['expired'] : []),
      ...(by >= session.lastSeenAt + session.idleMs ? ['idle_timeout'] : []),
    ];
  }

  logIn(login: ModelLogin): ModelAnswer {
    const { now, policy } = login;
    const shown = this.deviceOf(login);
    this.passTo(now);
    const refusal = this.whyNot(login);
    if (refusal) return { refused: refusal };
    const known = this.devices.find((device) => device.key === shown.key);
    const own = this.live.filter((session) => session.deviceId === known?.id);
    const chosen = this.live.filter((session) => !own.includes(session) && login.takeover?.end.includes(session.id));
    const others = this.live.filter((session) => !own.includes(session) && !chosen.includes(session));
    const counted = others.filter((session) => policy.per === 'user' || session.class === shown.class);
    const tooMany = policy.limit === null ? 0 : Math.max(0, counted.length + 1 - policy.limit);
    if (tooMany > 0 && (policy.onLimit === 'refuse' || policy.onLimit === 'ask')) {
      return this.turnAway(login, counted);
    }
    const displaced = [...chosen, ...this.whoGoes(counted, tooMany, policy.onLimit)];
    const alike = this.devices.some(
      (device) => device.signature === shown.signature && device.network === shown.network,
    );
    const newDevice = !known && (shown.key !== null || !alike);
    const deviceId = this.keepDevice(known, shown, now);
    this.finish([...own, ...displaced], 'displaced', login.sessionId);
    this.live.push({
      id: login.sessionId,
      deviceId,
      class: shown.class,
      createdAt: now,
      provedAt: this.passwordShown(login) === null ? null : now,
      lastSeenAt: now,
      idleMs: policy.idleTimeout * 1000,
      expiresAt: now + policy.maxAge * 1000,
      tokenHash: login.tokenHash,
    });
    this.told.push(`session.started ${login.sessionId}`);
    if (displaced.length > 0) this.told.push(`sessions.displaced ${login.sessionId}`);
    if (newDevice && this.loggedInBefore) this.told.push(`device.first_seen ${login.sessionId}`);
    if (!newDevice && !known && this.loggedInBefore && displaced.length === 0) this.tellOnce(shown.network, now);
    if (login.takeover) this.tickets.delete(login.takeover.ticket);
    this.loggedInBefore = true;
    this.newest = { policy, class: shown.class };
    return { admitted: true, displaced: [...own, ...displaced].map(({ id }) => id), newDevice };
  }

  /** With a ticket, a device that is still new is the one that the ticket was given to. */
  deviceOf({ device, takeover }: ModelLogin): ModelLogin['device'] {
    const holder = takeover && this.tickets.get(takeover.ticket)?.holder;
    if (!holder || this.devices.some(({ key }) => key === holder.key)) return device;
    return { ...device, id: holder.id, newKey: holder.key, key: device.key === holder.key ? null : device.key };
  }

  /** What is not live any more is passed over. Ending one's own session is logging out. */
  end(now: number, ids: readonly string[], reason: string, actor: string | null): string[] {
    this.passTo(now);
    const going = this.live.filter(({ id }) => ids.includes(id));
    const by = this.live.some(({ id }) => id === actor) ? actor : null;
    const [own, others] = [going.filter(({ id }) => id === actor), going.filter(({ id }) => id !== actor)];
    this.finish(own, reason === 'revoked' ? 'logged_out' : reason, by);
    this.finish(others, reason, by);
    if (others.length > 0 && TOLD.includes(reason)) this.told.push(`sessions.revoked ${by}`);
    return going.map(({ id }) => id);
  }

  /** Every other session ends. Tickets are bound to the password that they were got with. */
  changePassword(now: number, actor: string): string | null {
    this.passTo(now);
    if (!this.isLive(actor)) return 'invalid_token';
    const others = this.live.filter(({ id }) => id !== actor);
    this.finish(others, 'password_changed', actor);
    this.live.find(({ id }) => id === actor)!.provedAt = now;
    this.password += 1;
    this.told.push(`password.changed ${actor}`);
    return null;
  }

  unlock(): void {
    if (this.locked) this.told.push('user.unlocked');
    this.locked = false;
  }

  lock(now: number): void {
    this.passTo(now);
    if (!this.locked) this.told.push('user.locked');
    this.finish(this.live, 'user_locked', null);
    this.tickets.clear();
    this.locked = true;
  }

  forget(now: number, actor: string, deviceId: string): string | null {
    this.passTo(now);
    if (!this.isLive(actor)) return 'invalid_token';
    if (!this.devices.some(({ id }) => id === deviceId)) return 'device_not_found';
    const ids = this.live.filter((session) => session.deviceId === deviceId).map(({ id }) => id);
    const asking = this.live.find(({ id }) => id === actor)!;
    const firstSeen = (id: string) => this.devices.find((device) => device.id === id)?.firstSeenAt ?? asking.createdAt;
    const isProved = asking.provedAt !== null && now - asking.provedAt < PROOF_MS;
    const isOwn = asking.deviceId === deviceId;
    const mayForget = (isOwn && isProved) || firstSeen(asking.deviceId) < firstSeen(deviceId);
    this.end(now, ids, 'device_forgotten', actor);
    if (!mayForget) return null;
    this.devices = this.devices.filter(({ id }) => id !== deviceId);
    this.told.push('device.forgotten');
    for (const [ticket, { holder }] of this.tickets) if (holder?.id === deviceId) this.tickets.delete(ticket);
    return null;
  }

  use(now: number, id: string, tokenHash: string | null): boolean {
    this.passTo(now);
    const session = this.live.find((live) => live.id === id);
    if (!session) return false;
    session.lastSeenAt = Math.max(session.lastSeenAt, now);
    session.tokenHash = tokenHash ?? session.tokenHash;
    return true;
  }

  isLive(id: string): boolean {
    return this.live.some((session) => session.id === id);
  }

  /** With the login itself, or when its ticket was got. */
  private passwordShown({ password, takeover }: ModelLogin): number | null {
    return takeover ? (this.tickets.get(takeover.ticket)?.password ?? null) : password;
  }

  /** Null, or how the limit is exceeded that was in force when the newest was admitted. */
  excess(): string | null {
    if (!this.newest) return null;
    const { policy, class: deviceClass } = this.newest;
    const counted = this.live.filter((session) => policy.per === 'user' || session.class === deviceClass);
    return policy.limit !== null && counted.length > policy.limit ? `${counted.length} > ${policy.limit}` : null;
  }

  private whyNot({ now, password, takeover }: ModelLogin): string | null {
    const ticket = takeover && this.tickets.get(takeover.ticket);
    if (takeover) {
      const good = ticket && now < ticket.expiresAt && (ticket.password ?? this.password) === this.password;
      return good ? null : 'invalid_ticket';
    }
    if (password !== null && password !== this.password) return 'invalid_credentials';
    if (!this.locked) return null;
    return password === null ? 'user_locked' : 'invalid_credentials';
  }

  /** Of a login that only looks like a device of the person: once per network and day. */
  private tellOnce(network: string, now: number): void {
    const day = `${network} ${Math.floor(now / DAY)}`;
    if (!this.unproven.has(day)) this.told.push('login.unproven');
    this.unproven.add(day);
  }

  private turnAway(login: ModelLogin, counted: ModelSession[]): ModelAnswer {
    const asked = login.policy.onLimit === 'ask' && !login.takeover;
    if (!login.takeover) {
      const { signature, network } = login.device;
      this.refusals.add(`${signature} ${network} ${Math.floor(login.now / HOUR)}`);
    }
    if (asked) this.tickets.set(login.ticket, this.ticketOf(login));
    return { admitted: false, inTheWay: counted.map(({ id }) => id), asked };
  }

  private ticketOf({ now, password, device }: ModelLogin): ModelTicket {
    const { id, key = device.newKey } = this.devices.find(({ key: known }) => known === device.key) ?? {
      id: device.id,
    };
    return { expiresAt: now + TICKET_MS, password, holder: password === null ? null : { id, key } };
  }

  private whoGoes(counted: ModelSession[], tooMany: number, onLimit: SessionPolicy['onLimit']): ModelSession[] {
    if (tooMany === 0) return [];
    if (onLimit === 'end-all') return counted;
    const time = onLimit === 'end-oldest' ? 'createdAt' : 'lastSeenAt';
    // `live` is in the order of admission, and sorting keeps it among equals.
    return [...counted].sort((a, b) => a[time] - b[time]).slice(0, tooMany);
  }

  private keepDevice(known: ModelDevice | undefined, shown: ModelLogin['device'], firstSeenAt: number): string {
    const { signature, network } = shown;
    if (known) Object.assign(known, { signature, network });
    else this.devices.push({ id: shown.id, key: shown.newKey, signature, network, firstSeenAt });
    return known?.id ?? shown.id;
  }

  private finish(going: readonly ModelSession[], reason: string, by: string | null): void {
    for (const session of going) {
      this.ended.set(session.id, { reason, by });
      this.told.push(`session.ended ${session.id}`);
    }
    this.live = this.live.filter((session) => !going.includes(session));
  }
}
