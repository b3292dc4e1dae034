/**
 * The scheme of an `Authorization` header, if it is one of ours; null for any other. A proxy asks for `Basic` or `Negotiate` on its own
 * account, and browsers add these by themselves: they say nothing about a session, and prove nothing of a page.
 */
export function ownScheme(authorization: string | undefined): 'bearer' | 'service' | null {
  const scheme = /^(bearer|service)\b/i.exec(authorization ?? '')?.[1];
  return scheme === undefined ? null : (scheme.toLowerCase() as 'bearer' | 'service');
}
