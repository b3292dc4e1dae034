import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';
import { Clock, networkOf, Rounds, sha256 } from '../common/index.js';
import { HashingBusyError, TooManyAttemptsError, TooManyRequestsError } from './auth.errors.js';
import {
  ACCOUNT_RULE,
  ADDRESS_RULE,
  expiryOf,
  keyOf,
  LOOSE_TRIES_RULE,
  STRANGERS_TEXTS_RULE,
  TEXTS_RULE,
  waitOf,
  WRONG_CODES_RULE,
  type ThrottleRule,
  type WindowRule,
} from './throttle.rules.js';
import { ThrottleStore } from './throttle.store.js';

/** Something whose failures are counted together. */
export interface Subject<Rule extends ThrottleRule = ThrottleRule> {
  readonly name: string;
  readonly rule: Rule;
}

/** An identifier that no account has is counted just as one that an account has; it is kept as a hash. */
export const accountSubject = (namedAs: string): Subject => ({
  name: `account:${sha256(namedAs)}`,
  rule: ACCOUNT_RULE,
});

/** A proven device counts for itself, so that an attacker elsewhere cannot lock the person out. */
export const deviceSubject = (deviceId: string): Subject => ({ name: `device:${deviceId}`, rule: ACCOUNT_RULE });

export const addressSubject = (ip: string, what: 'login' | 'code-try'): Subject => ({
  name: `${what}:${networkOf(ip, { v4: 32, v6: 64 })}`,
  rule: ADDRESS_RULE,
});

/** Passwords that are given in sessions on a device by a client that does not show its secret, and may have stolen the token. */
export const tokenSubject = (deviceId: string): Subject => ({ name: `token:${deviceId}`, rule: ACCOUNT_RULE });

/** What one address, or IPv6 /48, may do so many times an hour, whether it succeeds or not. */
export const hourlySubject = (ip: string, what: 'creation' | 'code', limit: number): Subject<WindowRule> => ({
  name: `${what}:${networkOf(ip, { v4: 32, v6: 48 })}`,
  rule: { kind: 'window', limit, window: 3_600_000 },
});

/**
 * Requests of codes, not failures; alike for an identifier that no account has. Whoever shows a device secret counts alone: whether it
 * is that of a settled device shows only where the account is looked up, which the answer must not wait for.
 */
export const codeRequestSubject = (identifier: string, secrets: readonly string[]): Subject<WindowRule> => ({
  name: `code:${sha256([identifier.toLowerCase(), ...secrets].join('\0'))}`,
  rule: secrets.length === 0 ? STRANGERS_TEXTS_RULE : TEXTS_RULE,
});

/** Codes that go to a mobile or an e-mail, whatever for. */
export function textSubjects(contact: string, settled: boolean): Subject<WindowRule>[] {
  const name = sha256(contact.toLowerCase());
  const all = { name: `texts:${name}`, rule: TEXTS_RULE };
  return settled ? [all] : [{ name: `strangers-texts:${name}`, rule: STRANGERS_TEXTS_RULE }, all];
}

/** Codes that a settled device gives: no stranger's tries are counted here. */
export const deviceCodeSubject = (deviceId: string): Subject => ({
  name: `code-device:${deviceId}`,
  rule: ACCOUNT_RULE,
});

/** Codes that are given without their request. */
export const looseTriesSubject = (namedAs: string, purpose: string): Subject<WindowRule> => ({
  name: `code-loose:${sha256(`${namedAs}\0${purpose}`)}`,
  rule: LOOSE_TRIES_RULE,
});

/** Wrong codes for an account, whatever for: all of them, or those from one network. */
export const wrongCodesSubject = (name: string, ip?: string): Subject<WindowRule> => ({
  name: `code-wrong:${sha256(name)}${ip === undefined ? '' : `:${networkOf(ip, { v4: 32, v6: 64 })}`}`,
  rule: WRONG_CODES_RULE,
});

const DROP_EVERY_MS = 60_000;
const DROP_BATCH = 500;

/** More than two guesses at a time at one account would outrun its own failures being counted. */
const AT_A_TIME = 2;

/** Beyond this many waiting for their turn a guess is turned away at once. */
const MAX_WAITING = 256;

/** Counts failures in the store, so that neither a restart nor another node forgets them. */
@Injectable()
export class Throttle implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Throttle.name);
  private readonly turns = new Map<string, LimitFunction>();
  private readonly rounds = new Rounds(this.clock, DROP_EVERY_MS, () => this.sweep());

  constructor(
    private readonly store: ThrottleStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `check` when the turn of `whose` has come; it returns null for a wrong password or code, which is counted against all
   * subjects. A right one clears those that back off. Throws `TooManyAttemptsError`, and `HashingBusyError` where too many wait.
   */
  attempt<T>(whose: string, subjects: readonly Subject[], check: () => Promise<T | null>): Promise<T | null> {
    return this.inTurn(whose, async () => {
      await this.assertFree(subjects);
      const result = await check();
      if (result === null) {
        await this.fail(subjects);
        return null;
      }
      // Others may have used up a wider window meanwhile: a burst must not tell which guess was right.
      await this.assertFree(subjects.filter(({ rule }) => rule.kind === 'window'));
      for (const subject of subjects) if (subject.rule.kind === 'backoff') await this.clear(subject);
      return result;
    });
  }

  /** Throws `TooManyAttemptsError` while any of the subjects has to wait. */
  async assertFree(subjects: readonly Subject[]): Promise<void> {
    const wait = await this.longestWait(subjects);
    if (wait > 0) throw new TooManyAttemptsError(wait);
  }

  /** Counts it, and no more: it may lie beyond a window. */
  async note({ name, rule }: Subject): Promise<void> {
    const now = this.clock.now();
    await this.store.add(keyOf(rule, name, now), now, expiryOf(rule, now));
  }

  /** Whether none of the subjects has to wait. */
  async isFree(subjects: readonly Subject[]): Promise<boolean> {
    return (await this.longestWait(subjects)) === 0;
  }

  /** Whether any failure is counted. */
  async hasFailed({ name, rule }: Subject): Promise<boolean> {
    const now = this.clock.now();
    return (await this.store.find(keyOf(rule, name, now), now)) !== null;
  }

  /** Counts it. Throws `TooManyAttemptsError` for one beyond a window: it began before those ahead of it were counted. */
  async fail(subjects: readonly Subject[]): Promise<void> {
    const now = this.clock.now();
    let beyond = 0;
    for (const { name, rule } of subjects) {
      const count = await this.store.add(keyOf(rule, name, now), now, expiryOf(rule, now));
      if (rule.kind === 'window' && count > rule.limit) beyond = waitOf(rule, { count, lastAt: now }, now);
    }
    if (beyond > 0) throw new TooManyAttemptsError(beyond);
  }

  /**
   * Counts something that is allowed so many times, against one subject after the other. Throws `TooManyAttemptsError` at the
   * first that is used up, and neither writes nor counts any further.
   */
  async spend(subjects: readonly Subject[]): Promise<void> {
    for (const subject of subjects) {
      await this.assertFree([subject]);
      await this.fail([subject]);
    }
  }

  /** Counts what may be done only so often, and never fails otherwise. Throws `TooManyRequestsError` for one beyond the window. */
  async use({ name, rule }: Subject<WindowRule>): Promise<void> {
    const now = this.clock.now();
    const count = await this.store.add(keyOf(rule, name, now), now, expiryOf(rule, now));
    if (count > rule.limit) throw new TooManyRequestsError(waitOf(rule, { count, lastAt: now }, now));
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  async sweep(): Promise<void> {
    try {
      await this.rounds.drain(DROP_BATCH, () => this.store.dropExpired(this.clock.now(), DROP_BATCH));
    } catch (error) {
      this.logger.warn({ err: error }, 'expired counters not dropped; they will be at the next sweep');
    }
  }

  private async longestWait(subjects: readonly Subject[]): Promise<number> {
    const now = this.clock.now();
    const waits = await Promise.all(
      subjects.map(async ({ name, rule }) => waitOf(rule, await this.store.find(keyOf(rule, name, now), now), now)),
    );
    return Math.max(0, ...waits);
  }

  private async inTurn<T>(whose: string, task: () => Promise<T>): Promise<T> {
    const turn = this.turns.get(whose) ?? pLimit(AT_A_TIME);
    if (turn.pendingCount >= MAX_WAITING) throw new HashingBusyError();
    this.turns.set(whose, turn);
    try {
      return await turn(task);
    } finally {
      if (turn.activeCount + turn.pendingCount === 0) this.turns.delete(whose);
    }
  }

  private async clear({ name, rule }: Subject): Promise<void> {
    const now = this.clock.now();
    const key = keyOf(rule, name, now);
    if (await this.store.find(key, now)) await this.store.clear(key);
  }
}
