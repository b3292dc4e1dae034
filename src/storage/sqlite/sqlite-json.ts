/** By convention every member named `at`, `since`, `until`, `…At` or `…Since` is a time. */
const TIME_MEMBER = /^(?:at|since|until|.*At|.*Since)$/;

/** Reads a value back as it was written, times as `Date`. */
export function revive<T>(json: string): T {
  return JSON.parse(json, (key, value: unknown) =>
    TIME_MEMBER.test(key) && typeof value === 'string' ? new Date(value) : value,
  ) as T;
}
