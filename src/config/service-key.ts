/** What a key may do: log people in, check tokens, end sessions, look people up and create them; and do so with administrators. */
export const SERVICE_SCOPES = ['login', 'introspect', 'end', 'users', 'admins'] as const;
export type ServiceScope = (typeof SERVICE_SCOPES)[number];

/** What a key without a suffix may, and what `all` stands for in one. */
const ALL: readonly ServiceScope[] = SERVICE_SCOPES.filter((scope) => scope !== 'admins');

/** A backend that may call the service API. */
export interface ServiceKey {
  readonly name: string;
  readonly key: string;
  readonly scopes: readonly ServiceScope[];
}

/** `[name:]key[;scopes]` with a key of 32 characters or more; null for anything else. `name` is null where none is given. */
export function parseServiceKey(entry: string): (Omit<ServiceKey, 'name'> & { readonly name: string | null }) | null {
  const [, name = null, rest = ''] = /^(?:([\w-]+):)?([^\s:,]+)$/.exec(entry) ?? [];
  const semicolon = rest.lastIndexOf(';');
  // A key may have a semicolon of its own: what is not scopes alone is part of the key.
  const scopes = semicolon < 0 ? null : scopesIn(rest.slice(semicolon + 1));
  const key = scopes ? rest.slice(0, semicolon) : rest;
  return key.length >= 32 ? { name, key, scopes: scopes ?? ALL } : null;
}

/** `login+introspect`; null where a part is no scope. */
function scopesIn(suffix: string): ServiceScope[] | null {
  const parts = suffix
    .split('+')
    .map((part) => (part === 'all' ? ALL : SERVICE_SCOPES.filter((scope) => scope === part)));
  return parts.every((scopes) => scopes.length > 0) ? [...new Set(parts.flat())].sort() : null;
}
