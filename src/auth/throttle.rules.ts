import type { Failures } from './throttle.store.js';

/** How failures under one kind of key slow down what follows. */
export type ThrottleRule =
  /** Some are free; each further one doubles the wait, from `firstWait` up to `longestWait` (ms). */
  | { readonly kind: 'backoff'; readonly free: number; readonly firstWait: number; readonly longestWait: number }
  | WindowRule;

/** So many within a window that starts at fixed times (ms); then nothing until the next. */
export interface WindowRule {
  readonly kind: 'window';
  readonly limit: number;
  readonly window: number;
}

/** Failures of one account, or of one proven device of it, are forgotten a day after the last. */
const MEMORY_MS = 86_400_000;

export const ACCOUNT_RULE: ThrottleRule = { kind: 'backoff', free: 5, firstWait: 1000, longestWait: 900_000 };
export const ADDRESS_RULE: ThrottleRule = { kind: 'window', limit: 30, window: 600_000 };

/** Codes to one mobile or e-mail: messages cost money and patience. */
export const TEXTS_RULE: WindowRule = { kind: 'window', limit: 5, window: 600_000 };
/** Of these, what strangers may ask for. The others are kept for settled devices of the account. */
export const STRANGERS_TEXTS_RULE: WindowRule = { kind: 'window', limit: 3, window: 600_000 };
/** Codes that are tried without the request that they were sent for: anybody can use these tries up. */
export const LOOSE_TRIES_RULE: WindowRule = { kind: 'window', limit: 5, window: 600_000 };
export const WRONG_CODES_RULE: WindowRule = { kind: 'window', limit: 20, window: 86_400_000 };

/** How long the next attempt has to wait, in ms; 0 for not at all. */
export function waitOf(rule: ThrottleRule, failures: Failures | null, now: Date): number {
  if (!failures) return 0;
  if (rule.kind === 'window') return failures.count < rule.limit ? 0 : rule.window - (now.getTime() % rule.window);
  if (failures.count < rule.free) return 0;
  const wait = Math.min(rule.firstWait * 2 ** (failures.count - rule.free), rule.longestWait);
  return Math.max(0, failures.lastAt.getTime() + wait - now.getTime());
}

/** A window's counter is a new key in each window: nothing needs to be reset. */
export function keyOf(rule: ThrottleRule, subject: string, now: Date): string {
  return rule.kind === 'window' ? `${subject}@${Math.floor(now.getTime() / rule.window)}` : subject;
}

export function expiryOf(rule: ThrottleRule, now: Date): Date {
  return new Date(now.getTime() + (rule.kind === 'window' ? rule.window : MEMORY_MS));
}
