import { createHmac, timingSafeEqual } from 'node:crypto';
import { parse as uuidParse } from 'uuid';
import { decodeBase64url, formatUuid } from '../common/index.js';

const ID_BYTES = 16;
const MAC_BYTES = 32;

/** The notice that a link is about. */
export interface LinkedNotice {
  readonly userId: string;
  readonly notificationId: string;
}

/** base64url(user id ‖ notification id ‖ HMAC-SHA256 of both). It says nothing, and holds for that one notice only. */
export function signLink(key: string, { userId, notificationId }: LinkedNotice): string {
  const ids = Buffer.concat([uuidParse(userId), uuidParse(notificationId)]);
  return Buffer.concat([ids, macOf(key, ids)]).toString('base64url');
}

/** Null for a text that `signLink` has not made with this key. */
export function readLink(key: string, token: string): LinkedNotice | null {
  const bytes = decodeBase64url(token, 2 * ID_BYTES + MAC_BYTES);
  if (!bytes) return null;
  const ids = bytes.subarray(0, 2 * ID_BYTES);
  if (!timingSafeEqual(macOf(key, ids), bytes.subarray(2 * ID_BYTES))) return null;
  return { userId: formatUuid(ids.subarray(0, ID_BYTES)), notificationId: formatUuid(ids.subarray(ID_BYTES)) };
}

function macOf(key: string, ids: Uint8Array): Buffer {
  return createHmac('sha256', key).update('report').update(ids).digest();
}
