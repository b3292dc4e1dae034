import { identifierKey, type IdentifierKind } from './identifier.js';

/** Who has changed an identifier, and when. */
export interface IdentifierChange {
  readonly deviceId: string;
  readonly at: Date;
  /** From when the channel counted whose code had confirmed the change; null where the password or nothing had. */
  readonly confirmedSince: Date | null;
}

/**
 * A mobile, an e-mail or a username that was replaced or removed, without a code to it. It stays claimed for a while, finds the account,
 * and is put back by a report about whoever replaced it. A contact that had been verified keeps the rights of a channel as long.
 */
export interface FormerIdentifier {
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly addedAt: Date;
  /** Who had put it there; null where that is not known, or the account was created with it. Absent in a record of an earlier commit. */
  readonly setBy?: IdentifierChange | null;
  /** Null for a username, and for a contact that was not verified. */
  readonly verifiedAt: Date | null;
  /** From when it counts as a channel; null likewise. */
  readonly since: Date | null;
  readonly replaced: IdentifierChange;
}

const [HOUR, DAY] = [3_600_000, 86_400_000];

/** How long it finds the account, and keeps its rights, in ms; and how long a password stays good that a device without standing has replaced. */
export const FORMER_MS = 14 * DAY;

/** How far clocks of nodes may differ, in ms: what one still puts back, another must not take for free. */
const MARGIN_MS = HOUR;

/** How long nobody else gets it, in ms. */
const HELD_MS: Record<IdentifierKind, number> = {
  mobile: FORMER_MS + MARGIN_MS,
  email: FORMER_MS + MARGIN_MS,
  username: 90 * DAY,
};

/** Whether it finds the account, and, of a contact that had been verified, has the rights of a channel. */
export function isStillGood({ replaced }: FormerIdentifier, now: Date): boolean {
  return now.getTime() < replaced.at.getTime() + FORMER_MS;
}

/** Until when no other account gets it. */
export function heldUntil({ kind, replaced }: FormerIdentifier): Date {
  return new Date(replaced.at.getTime() + HELD_MS[kind]);
}

/** Whether the account may have it back without asking whether it is free. */
export function isHeldForSure(former: FormerIdentifier, now: Date): boolean {
  return now.getTime() < heldUntil(former).getTime() - MARGIN_MS;
}

/** How often an account may change its username in the time for which nobody else gets the former one. */
const MAX_RENAMES = 2;

/** From when the account may change its username once more; null where it may now. What was put back is not counted. */
export function nextRenameAt(formers: readonly FormerIdentifier[], now: Date): Date | null {
  const held = formers
    .filter((former) => former.kind === 'username')
    .map(heldUntil)
    .filter((until) => now < until)
    .sort((a, b) => b.getTime() - a.getTime());
  return held[MAX_RENAMES - 1] ?? null;
}

export function formerKey({ kind, value }: FormerIdentifier): string {
  return identifierKey(kind, value);
}
