import type { IncomingHttpHeaders } from 'node:http';
import { CrossOriginError } from '../auth/index.js';

/** A GET that changes something: only where the person followed it, from this site or by typing. Throws `CrossOriginError`. */
export function assertDeliberate(headers: IncomingHttpHeaders): void {
  const site = headers['sec-fetch-site'];
  const purpose = `${String(headers['sec-purpose'] ?? '')} ${String(headers['purpose'] ?? '')}`;
  if (site === 'cross-site' || site === 'same-site' || /prefetch|prerender/i.test(purpose))
    throw new CrossOriginError();
}
