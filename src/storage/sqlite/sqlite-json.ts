import type { AccountEvent } from '../../accounts/index.js';

/** By convention every member named `at` or `…At` is a time. */
const TIME_MEMBER = /(?:^at|At)$/;

/** Reads an event back as it was written, times as `Date`. */
export function reviveEvent(json: string): AccountEvent {
  return JSON.parse(json, (key, value: unknown) =>
    TIME_MEMBER.test(key) && typeof value === 'string' ? new Date(value) : value,
  ) as AccountEvent;
}
