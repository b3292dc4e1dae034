import { createHmac, timingSafeEqual } from 'node:crypto';
import { isUUID } from 'class-validator';
import { decodeBase64url, sha256 } from '../common/index.js';
import { isHint, type Hint } from './hint.js';

/** Characters. The longest hint asks about 200 people in some 8,000. */
const MAX_SIZE = 12_000;
/** ms by which the clocks of two nodes, and the time that a hint takes, may differ. */
const WINDOW = 30_000;
const MAC_BYTES = 32;

/** A hint on its way: who sends it, and which of that node's hints it is. */
export interface Envelope {
  /** Random for each start of a node. */
  readonly node: string;
  /** Counts the node's hints, so that none is taken twice. */
  readonly seq: number;
  /** ms since 1970. */
  readonly at: number;
  readonly hint: Hint;
}

/** A key that the nodes of one installation share. Its id is part of each hint and tells nothing of the key. */
export interface HintKey {
  readonly id: string;
  readonly secret: string;
}

/** Why a hint is not taken. */
export type Refusal = 'too_large' | 'misshapen' | 'unknown_key' | 'forged' | 'stale' | 'replayed';

export function hintKey(secret: string): HintKey {
  return { id: sha256(`hint key ${secret}`).slice(0, 16), secret };
}

/** `<id of the key>.<HMAC-SHA256 of the rest>.<JSON>` */
export function seal({ id, secret }: HintKey, envelope: Envelope): string {
  const json = JSON.stringify(envelope);
  return `${id}.${macOf(secret, json).toString('base64url')}.${json}`;
}

/** Null where it is no sealed hint at all. */
export function keyIdOf(text: string): string | null {
  return /^([0-9a-f]{16})\.[\w-]{43}\.\{/.exec(text)?.[1] ?? null;
}

/** The envelope of a text that was sealed with this key, or why it is not taken. The MAC is looked at before anything else is read. */
export function unseal({ secret }: HintKey, text: string, now: Date): Envelope | Refusal {
  if (text.length > MAX_SIZE) return 'too_large';
  const [, mac, json] = /^[^.]*\.([^.]*)\.(.*)$/s.exec(text) ?? [];
  const bytes = mac === undefined ? null : decodeBase64url(mac, MAC_BYTES);
  if (!bytes || json === undefined) return 'misshapen';
  if (!timingSafeEqual(macOf(secret, json), bytes)) return 'forged';
  const envelope: unknown = JSON.parse(json);
  if (!isEnvelope(envelope)) return 'misshapen';
  return Math.abs(now.getTime() - envelope.at) <= WINDOW ? envelope : 'stale';
}

function macOf(secret: string, json: string): Buffer {
  return createHmac('sha256', secret).update('hint').update(json).digest();
}

/** What another version of a node seals may have another shape. */
function isEnvelope(value: unknown): value is Envelope {
  const { node, seq, at, hint } = (value ?? {}) as Partial<Envelope>;
  return isUUID(node) && Number.isSafeInteger(seq) && Number.isSafeInteger(at) && isHint(hint);
}
