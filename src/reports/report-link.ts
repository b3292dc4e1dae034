import { createHmac, timingSafeEqual } from 'node:crypto';
import { parse as uuidParse } from 'uuid';
import { mailboxOf, type ContactChannel } from '../accounts/index.js';
import { decodeBase64url, formatUuid, sha256 } from '../common/index.js';

const ID_BYTES = 16;
const CONTACT_BYTES = 16;
const MAC_BYTES = 32;

/** The notice that a link is about, and whom it was sent to. */
export interface LinkedNotice {
  readonly userId: string;
  readonly notificationId: string;
  /** What `contactKey` makes of the mobile or e-mail; null in a link of version 0.1.0. */
  readonly contactKey: string | null;
}

/** Names a mailbox without showing it: 128 bits of its SHA-256, hex. */
export function contactKey(channel: ContactChannel, contact: string): string {
  return sha256(`${channel}:${mailboxOf(contact)}`).slice(0, 2 * CONTACT_BYTES);
}

/** base64url(user id ‖ notification id ‖ contact key ‖ HMAC-SHA256 of them). It says nothing, and holds for that one notice only. */
export function signLink(key: string, { userId, notificationId, contactKey: contact }: LinkedNotice): string {
  const named = [uuidParse(userId), uuidParse(notificationId), Buffer.from(contact ?? '', 'hex')];
  const facts = Buffer.concat(named);
  return Buffer.concat([facts, macOf(key, facts)]).toString('base64url');
}

/** Null for a text that `signLink` has not made with this key. */
export function readLink(key: string, token: string): LinkedNotice | null {
  const bytes =
    decodeBase64url(token, 2 * ID_BYTES + CONTACT_BYTES + MAC_BYTES) ??
    decodeBase64url(token, 2 * ID_BYTES + MAC_BYTES);
  if (!bytes) return null;
  const facts = bytes.subarray(0, -MAC_BYTES);
  if (!timingSafeEqual(macOf(key, facts), bytes.subarray(-MAC_BYTES))) return null;
  return {
    userId: formatUuid(facts.subarray(0, ID_BYTES)),
    notificationId: formatUuid(facts.subarray(ID_BYTES, 2 * ID_BYTES)),
    contactKey: Buffer.from(facts.subarray(2 * ID_BYTES)).toString('hex') || null,
  };
}

function macOf(key: string, facts: Uint8Array): Buffer {
  return createHmac('sha256', key).update('report').update(facts).digest();
}
