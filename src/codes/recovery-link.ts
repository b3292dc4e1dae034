import { parse as uuidParse } from 'uuid';
import { decodeBase64url, formatUuid, newSecret, sha256 } from '../common/index.js';

const ID_BYTES = 16;
const SECRET_BYTES = 32;

/** `orl_` + base64url(user id ‖ 256 random bits): leave to set a new password, once. The account keeps the hash. */
export function issueRecoveryToken(userId: string): { token: string; hash: string } {
  const secret = Buffer.from(newSecret(), 'base64url');
  const token = Buffer.concat([uuidParse(userId), secret]).toString('base64url');
  return { token: `orl_${token}`, hash: sha256(secret) };
}

/** Null for whatever is not such a token in form. */
export function parseRecoveryToken(token: string): { userId: string; hash: string } | null {
  const bytes = token.startsWith('orl_') ? decodeBase64url(token.slice(4), ID_BYTES + SECRET_BYTES) : null;
  return bytes && { userId: formatUuid(bytes.subarray(0, ID_BYTES)), hash: sha256(bytes.subarray(ID_BYTES)) };
}
