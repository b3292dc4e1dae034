import { decodeCursor, encodeCursor, formatUuid, InvalidFieldError } from '../common/index.js';
import type { MessageListQuery } from './message.dto.js';
import type { Message } from './message.js';

/** Where a page goes on, and in which direction. */
export type Place = { readonly after: number } | { readonly before: number };

const DIRECTIONS = ['before', 'after'] as const;

/** Where the page that is asked for begins; null at the newest message. Throws what `decodePlace` throws. */
export function placeOf({ after, cursor }: Pick<MessageListQuery, 'after' | 'cursor'>): Place | null {
  if (cursor !== undefined) return decodePlace(cursor);
  return after === undefined ? null : { after: Number(after) };
}

/** The cursor of what lies behind the message, in the direction in which the page was read. */
export function cursorBehind({ seq }: Message, place: Place | null): string {
  return encodePlace(place && 'after' in place ? { after: seq } : { before: seq });
}

/** As every cursor sixteen bytes: the direction in the first, the number in the last eight. */
export function encodePlace(place: Place): string {
  const bytes = Buffer.alloc(16);
  const direction = 'after' in place ? 'after' : 'before';
  bytes[0] = DIRECTIONS.indexOf(direction);
  bytes.writeBigUInt64BE(BigInt('after' in place ? place.after : place.before), 8);
  return encodeCursor(formatUuid(bytes));
}

/** Throws `InvalidFieldError` for one that this list has not given. */
export function decodePlace(cursor: string): Place {
  const bytes = Buffer.from(decodeCursor(cursor)!.replaceAll('-', ''), 'hex');
  const seq = Number(bytes.readBigUInt64BE(8));
  const direction = DIRECTIONS[bytes[0]!];
  if (!direction || !Number.isSafeInteger(seq) || bytes.subarray(1, 8).some((byte) => byte !== 0))
    throw new InvalidFieldError('cursor', 'must be a nextCursor that this list has given');
  return direction === 'after' ? { after: seq } : { before: seq };
}
