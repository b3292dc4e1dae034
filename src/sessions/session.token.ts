import { parse as uuidParse } from 'uuid';
import { randomBytes } from 'node:crypto';
import { decodeBase64url, formatUuid, sha256 } from '../common/index.js';

const SECRET_BYTES = 32;
const ID_BYTES = 16;

export interface ParsedToken {
  readonly userId: string;
  readonly sessionId: string;
  /** SHA-256, hex, of the secret. */
  readonly hash: string;
}

/** `ost_` + base64url(user id ‖ session id ‖ 256 random bits): one primary-key read validates it, on one shard. */
export function issueToken(userId: string, sessionId: string): { token: string; hash: string } {
  const secret = randomBytes(SECRET_BYTES);
  return { token: `ost_${encode(uuidParse(userId), uuidParse(sessionId), secret)}`, hash: sha256(secret) };
}

/** Null for whatever is not a token in form, a second spelling of one included. */
export function parseToken(token: string): ParsedToken | null {
  const bytes = token.startsWith('ost_') ? decodeBase64url(token.slice(4), 2 * ID_BYTES + SECRET_BYTES) : null;
  if (!bytes) return null;
  return {
    userId: formatUuid(bytes.subarray(0, ID_BYTES)),
    sessionId: formatUuid(bytes.subarray(ID_BYTES, 2 * ID_BYTES)),
    hash: sha256(bytes.subarray(2 * ID_BYTES)),
  };
}

/** `ott_` + base64url(user id ‖ 256 random bits): leave to take over, under the `ask` policy. */
export function issueTicket(userId: string): { ticket: string; hash: string } {
  const secret = randomBytes(SECRET_BYTES);
  return { ticket: `ott_${encode(uuidParse(userId), secret)}`, hash: sha256(secret) };
}

export function parseTicket(ticket: string): { userId: string; hash: string } | null {
  const bytes = ticket.startsWith('ott_') ? decodeBase64url(ticket.slice(4), ID_BYTES + SECRET_BYTES) : null;
  return bytes && { userId: formatUuid(bytes.subarray(0, ID_BYTES)), hash: sha256(bytes.subarray(ID_BYTES)) };
}

function encode(...parts: Uint8Array[]): string {
  return Buffer.concat(parts).toString('base64url');
}
