/** Who brought something about. */
export type Actor =
  /** The person, from one of their sessions; `sessionId` is null where they have none yet. */
  | { readonly kind: 'user'; readonly userId: string; readonly sessionId: string | null }
  /** An administrator, from a session of their own account. */
  | { readonly kind: 'admin'; readonly userId: string; readonly sessionId: string }
  /** Another backend, by the name of its key. */
  | { readonly kind: 'service'; readonly name: string }
  /** The clock, or whoever holds the machine. */
  | { readonly kind: 'system' };

export const SYSTEM: Actor = { kind: 'system' };

/** The holder of a session. */
export function holderOf({ userId, id }: { userId: string; id: string }): Actor {
  return { kind: 'user', userId, sessionId: id };
}
