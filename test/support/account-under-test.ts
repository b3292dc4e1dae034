import { isDeepStrictEqual } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import {
  holderOf,
  isEnded,
  SYSTEM,
  timeoutOf,
  type AccountEvent,
  type Decide,
  type EndedSession,
  type EndReason,
} from '../../src/accounts/index.js';
import { sha256 } from '../../src/common/index.js';
import { decideForget } from '../../src/devices/device.decider.js';
import { noticeOf } from '../../src/notifications/notification.rules.js';
import { decideEnd, decideLogin, decideTimeouts, type SessionPolicy } from '../../src/sessions/index.js';
import { decideRenewal } from '../../src/sessions/session-renewal.decider.js';
import { decideAdminEdit } from '../../src/users/admin-edit.decider.js';
import { decidePasswordChange } from '../../src/users/password.decider.js';
import { AccountModel, type ModelAnswer, type ModelLogin } from './account-model.js';
import { anAccount, created, NOW } from './records.js';
import { LOOKS, type ShownDevice, type Step } from './account-steps.js';
import type { TestStorage } from './storage.js';

const VOUCHED = { userAgent: 'test', ip: '203.0.113.7', deviceId: null, service: 'test' };

const REASONS: Record<string, EndReason> = {
  self: 'logged_out',
  user: 'revoked',
  others: 'revoked',
  admin: 'revoked_by_admin',
  service: 'revoked_by_service',
};

/** What is told once per hour or day: whoever hears of it again knows it by its id. */
const REPEATED: readonly AccountEvent['type'][] = ['session.refused', 'login.unproven'];

/** One account in the store, changed by the deciders of the service, and the model beside it. */
export class AccountUnderTest {
  private readonly model = new AccountModel();
  private now = NOW.getTime();
  /** Ids of all that ever were. */
  private readonly sessionIds: string[] = [];
  private readonly deviceIds: string[] = [];
  private readonly givenKeys: string[] = [];
  private tickets: { hash: string; password: number | null }[] = [];
  /** Handed on so far, by id; and those that will not come again. */
  private readonly events = new Map<string, AccountEvent>();
  private readonly removed = new Set<string>();

  private constructor(
    private readonly storage: TestStorage,
    private readonly userId: string,
    private policy: SessionPolicy,
  ) {}

  static async create(storage: TestStorage, policy: SessionPolicy): Promise<AccountUnderTest> {
    const account = anAccount({ mobile: null, username: `u${uuidv7()}` });
    await storage.accountStore.create(account, [created(account)]);
    return new AccountUnderTest(storage, account.id, policy);
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'login':
        return this.logIn(step.device, this.passwordOf(step.by), null);
      case 'take over':
        return this.takeOver(step);
      case 'end':
        return this.end(step);
      case 'end all':
        return this.endAll(step);
      case 'wait':
        this.now += step.seconds * 1000;
        this.model.passTo(this.now);
        return;
      case 'use':
        this.now += step.after * 1000;
        return this.use(step.which);
      case 'renew':
        return this.renew(pick(this.sessionIds, step.which), step.rotate);
      case 'change password':
        return this.changePassword(this.asking(step.by));
      case 'lock':
      case 'unlock':
        return this.lock(step.kind === 'lock');
      case 'forget':
        return this.forget(pick(this.deviceIds, step.device), this.asking(step.by));
      case 'policy':
        this.policy = step.policy;
        return;
      case 'sweep':
        return this.sweep();
      case 'hand on':
        return this.handOn(step.crash);
    }
  }

  /** The account in the store is the one of the model. */
  async compare(): Promise<void> {
    const { model } = this;
    model.passTo(this.now);
    const [found, all] = await Promise.all([this.storage.accountStore.find(this.userId), this.listAll('all')]);
    const account = found!;
    const live = account.live.filter((session) => !timeoutOf(session, this.date()));
    same(
      live.map(({ id, device, lastSeenAt, tokenHash }) => [id, device.id, lastSeenAt.getTime(), tokenHash]).sort(),
      model.live.map((session) => [session.id, session.deviceId, session.lastSeenAt, session.tokenHash]).sort(),
    );
    const devices = account.devices.map(({ id, keyHash }) => [id, keyHash]);
    same(devices.sort(), model.devices.map(({ id, key }) => [id, key]).sort());
    same([account.credentialVersion, account.lockedAt !== null], [model.password, model.locked]);
    same(model.excess(), null);
    const ids = all.map(({ id }) => id);
    same(ids, [...this.sessionIds].reverse());
    same(
      all.filter(isEnded).map(asEnding),
      all.filter(isEnded).map((session) => this.expectedEnding(session)),
    );
  }

  /** The clock's last word, then everything that was told: each event and each notice once. */
  async finish(): Promise<void> {
    await this.change((account) => decideTimeouts(account, this.date()));
    await this.compare();
    same((await this.listAll('live')).length, this.model.live.length);
    await this.handOn(false);
    const told = [...this.events.values()].filter(({ type }) => type !== 'session.refused').map(nameOf);
    const timeouts = [...this.model.timedOut.keys()].map((id) => `session.ended ${id}`);
    same(told.sort(), ['user.created', ...this.model.told, ...timeouts].sort());
    const inbox = await this.storage.notifications.list(this.userId, { unreadOnly: false, before: null, limit: 100 });
    const kinds = inbox.map(({ kind }) => kind).sort();
    same(kinds, [...this.expectedNotices()].sort());
    // For the sweeps of other stories.
    const request = {
      now: this.date(),
      reason: 'logged_out',
      which: () => true,
      actor: SYSTEM,
      sparesAdmins: false,
    } as const;
    await this.change((account) => decideEnd(account, request));
  }

  private async logIn(shown: ShownDevice, password: number | null, takeover: ModelLogin['takeover']): Promise<void> {
    const { signature, class: deviceClass } = LOOKS[shown.look];
    const key =
      typeof shown.shows === 'number' ? pick(this.givenKeys, shown.shows) : shown.shows && `key ${shown.shows}`;
    const device = { id: uuidv7(), key, newKey: uuidv7(), class: deviceClass, signature, network: shown.network };
    const ids = { sessionId: uuidv7(), tokenHash: sha256(uuidv7()), ticket: uuidv7() };
    const { now, policy } = this;
    const login = { now, policy, password, device, takeover, ...ids };
    const kept = this.model.deviceOf(login);
    const expected = this.model.logIn(login);
    const answer = await this.answerOf((account) =>
      decideLogin(account, {
        now: this.date(),
        actor: SYSTEM,
        sessionId: ids.sessionId,
        tokenHash: ids.tokenHash,
        ip: '203.0.113.7',
        userAgent: shown.look,
        device: {
          keyHashes: device.key === null ? [] : [device.key],
          newKeyHash: device.newKey,
          description: { id: device.id, name: shown.look, class: deviceClass, browser: null, os: null },
          signature,
          formerSignature: signature,
          network: shown.network,
        },
        proof: takeover
          ? { kind: 'ticket' }
          : password === null
            ? { kind: 'vouched' }
            : { kind: 'password', credentialVersion: password },
        policy,
        ticket: { hash: ids.ticket, vouched: password === null ? VOUCHED : null },
        numbers: { number: 42, numbers: [17, 42, 80] },
        takeover: takeover && { ticketHash: takeover.ticket, end: takeover.end },
        sparesAdmins: false,
      }),
    );
    same(sorted(answer), sorted(expected));
    if ('admitted' in expected && expected.admitted) this.remember(ids.sessionId, kept);
    if ('asked' in expected && expected.asked) this.tickets.push({ hash: ids.ticket, password });
  }

  private async answerOf(decide: Decide<ReturnType<typeof decideLogin>['result']>): Promise<ModelAnswer> {
    const result = await this.outcome(decide);
    if (typeof result === 'string') return { refused: result };
    if (!result.admitted) {
      return { admitted: false, asked: result.asked !== null, inTheWay: result.inTheWay.map(({ id }) => id) };
    }
    const { displaced, identified } = result;
    return { admitted: true, displaced: displaced.map(({ id }) => id), newDevice: identified.firstSeen };
  }

  private remember(sessionId: string, device: ModelLogin['device']): void {
    this.sessionIds.push(sessionId);
    if (!this.model.devices.some(({ id }) => id === device.id)) return;
    this.deviceIds.push(device.id);
    this.givenKeys.push(device.newKey);
  }

  private async takeOver(step: Step & { kind: 'take over' }): Promise<void> {
    const ticket = pick(this.tickets, step.ticket);
    if (!ticket) return;
    const end = step.end.flatMap((number) => pick(this.sessionIds, number) ?? []);
    await this.logIn(step.device, null, { ticket: ticket.hash, end });
  }

  private async end({ which, as, by }: Step & { kind: 'end' }): Promise<void> {
    const id = pick(this.sessionIds, which);
    const actor = as === 'self' ? id : as === 'user' ? this.asking(by) : null;
    if (id !== null) await this.endThose([id], REASONS[as]!, actor);
  }

  private async endAll({ as, by }: Step & { kind: 'end all' }): Promise<void> {
    const actor = as === 'user' || as === 'others' ? this.asking(by) : null;
    const ids = this.sessionIds.filter((id) => as !== 'others' || id !== actor);
    await this.endThose(ids, REASONS[as]!, actor);
  }

  /** Whose session has ended is not let in to ask. */
  private async endThose(ids: readonly string[], reason: EndReason, actor: string | null): Promise<void> {
    if (actor !== null && !this.model.isLive(actor)) return;
    const expected = this.model.end(this.now, ids, reason, actor);
    const request = {
      now: this.date(),
      reason,
      which: ({ id }: { id: string }) => ids.includes(id),
      actor: actor === null ? SYSTEM : holderOf({ userId: this.userId, id: actor }),
      sparesAdmins: false,
    };
    const ended = await this.change((account) => decideEnd(account, request));
    same(ended.map(({ id }) => id).sort(), expected.sort());
  }

  /** A use is recorded of what was let in alone. */
  private async use(which: number): Promise<void> {
    this.model.passTo(this.now);
    const session = pick(this.model.live, which);
    if (!session) return;
    this.model.use(this.now, session.id, null);
    await this.storage.sessions.touch([{ userId: this.userId, sessionId: session.id, at: this.date() }]);
  }

  private async renew(sessionId: string | null, rotate: boolean): Promise<void> {
    if (sessionId === null) return;
    const shown = this.model.live.find(({ id }) => id === sessionId)?.tokenHash ?? sha256(uuidv7());
    const rotation = rotate ? { shown, fresh: sha256(uuidv7()) } : null;
    const renewal = { now: this.date(), sessionId, rotation, sparesAdmins: false };
    const expected = this.model.use(this.now, sessionId, rotation && rotation.fresh);
    const outcome = await this.outcome((account) => decideRenewal(account, renewal));
    same(outcome !== 'invalid_token', expected);
  }

  private async changePassword(sessionId: string | null): Promise<void> {
    if (sessionId === null) return;
    const credentialVersion = this.model.password;
    const refusal = this.model.changePassword(this.now, sessionId);
    const proof = { kind: 'password', credentialVersion } as const;
    const change = { now: this.date(), sessionId, proof, passwordHash: uuidv7() };
    const outcome = await this.outcome((account) => decidePasswordChange(account, change));
    same(outcome, refusal ?? {});
    // What becomes of a ticket that a service got is said nowhere.
    if (!refusal) this.tickets = this.tickets.filter(({ password }) => password !== null);
  }

  private async lock(locked: boolean): Promise<void> {
    if (locked) this.model.lock(this.now);
    else this.model.unlock();
    const edit = { id: uuidv7(), now: this.date(), actor: SYSTEM, locked };
    await this.change((account) => decideAdminEdit(account, edit));
    this.tickets = [];
  }

  private async forget(deviceId: string | null, sessionId: string | null): Promise<void> {
    if (deviceId === null || sessionId === null) return;
    const refusal = this.model.forget(this.now, sessionId, deviceId);
    const edit = { now: this.date(), sessionId, deviceId };
    same(await this.outcome((account) => decideForget(account, edit)), refusal ?? {});
  }

  /** Overdue is what is idle for a tenth of its idle time, or a minute, beyond it, and what has reached its greatest age. */
  private async sweep(): Promise<void> {
    const open = await this.listAll('live');
    const known = [...this.model.live, ...this.model.timedOut.values()];
    const overdue = known
      .filter(({ id }) => open.some((session) => session.id === id))
      .some((session) => {
        const idle = session.lastSeenAt + session.idleMs + Math.min(60_000, session.idleMs / 10);
        return this.now >= session.expiresAt || this.now >= idle;
      });
    const users = await this.storage.sessions.listOverdueUsers(this.date(), 1000);
    same(users.includes(this.userId), overdue);
    if (overdue) await this.change((account) => decideTimeouts(account, this.date()));
  }

  /** As the outbox does; a crash comes between handing on and removing. */
  private async handOn(crash: boolean): Promise<void> {
    const events = await this.storage.outbox.list(this.userId);
    for (const event of events) {
      same(!REPEATED.includes(event.type) && this.removed.has(event.id), false);
      this.events.set(event.id, event);
      const notice = noticeOf(event);
      if (notice) await this.storage.notifications.add(notice);
    }
    if (crash || events.length === 0) return;
    const ids = events.map(({ id }) => id);
    await this.storage.outbox.remove(this.userId, ids);
    for (const id of ids) this.removed.add(id);
  }

  /** Where both timeouts have struck, either is true. */
  private expectedEnding({ id, endReason, endedAt }: EndedSession): Ending {
    const timedOut = this.model.timedOut.get(id);
    const { reason, by } = this.model.ended.get(id) ?? { reason: 'none: it is live', by: null };
    if (!timedOut) return { id, reason, by };
    const reasons = this.model.timeoutReasons(timedOut, endedAt.getTime());
    return { id, reason: reasons.find((struck) => struck === endReason) ?? reasons.join(' or '), by: null };
  }

  private *expectedNotices(): Generator<string> {
    for (const { length } of this.model.refusals) if (length > 0) yield 'login_refused';
    for (const told of this.model.told) {
      if (told.startsWith('device.first_seen')) yield 'new_device';
      if (told.startsWith('login.unproven')) yield 'login_unproven';
      if (told.startsWith('sessions.displaced')) yield 'session_displaced';
      if (told.startsWith('sessions.revoked')) yield 'session_revoked';
      if (told.startsWith('password.changed')) yield 'password_changed';
    }
  }

  private listAll(state: 'live' | 'all') {
    return this.storage.sessions.list(this.userId, { state, before: null, limit: 100 });
  }

  private async change<R extends object>(decide: Decide<R>): Promise<R> {
    return (await this.storage.accountStore.change(this.userId, decide))!;
  }

  /** The result, or the code of the error. */
  private async outcome<R extends object>(decide: Decide<R>): Promise<R | string> {
    try {
      return await this.change(decide);
    } catch (error) {
      if (typeof (error as { code?: unknown }).code !== 'string') throw error;
      return (error as { code: string }).code;
    }
  }

  /** The session from which something is asked for: mostly a live one. */
  private asking(number: number): string | null {
    this.model.passTo(this.now);
    const live = this.model.live.map(({ id }) => id);
    return pick(live.length > 0 && number % 5 > 0 ? live : this.sessionIds, number);
  }

  private passwordOf(by: 'service' | 'password' | 'old password'): number | null {
    if (by === 'service') return null;
    return by === 'password' ? this.model.password : this.model.password - 1;
  }

  private date(): Date {
    return new Date(this.now);
  }
}

interface Ending {
  readonly id: string;
  readonly reason: string;
  readonly by: string | null;
}

const asEnding = ({ id, endReason, endedBy }: EndedSession): Ending => ({
  id,
  reason: endReason,
  by: endedBy?.sessionId ?? null,
});

/** Jest is asked for its report alone: a million of its assertions would take minutes. */
function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}

function pick<T>(items: readonly T[], number: number): T | null {
  return items[number % items.length] ?? null;
}

function sorted(answer: ModelAnswer): object {
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => [key, Array.isArray(value) ? [...value].sort() : value]),
  );
}

/** What an event is about, in the model's words. */
function nameOf(event: AccountEvent): string {
  switch (event.type) {
    case 'session.started':
    case 'session.ended':
    case 'device.first_seen':
      return `${event.type} ${event.session.id}`;
    case 'sessions.displaced':
    case 'password.changed':
      return `${event.type} ${event.by?.sessionId ?? null}`;
    case 'sessions.revoked':
      return `${event.type} ${event.by?.sessionId ?? null}`;
    default:
      return event.type;
  }
}
