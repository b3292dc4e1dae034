/** That two people have written to each other, as one of them sees it. */
export interface ConversationEntry {
  readonly other: string;
  /** Its place in the order: the id of its newest message, or of one that was not stored, for it came twice or never. It only grows. */
  readonly place: string;
}

export interface ConversationQuery {
  /** From the place longest unchanged on, behind this one: what changes while somebody pages is still ahead of them. */
  readonly after?: string | undefined;
  /** Without `after`: the newest first, before this place; without both, from the newest on. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/**
 * Who has written with whom, in the order of the newest messages. `MessageStore.add` keeps it: an entry stands before its first message
 * can be seen, but where a process died in between there may be one without any.
 */
export abstract class ConversationStore {
  /** Those of the user, along an index. At most `limit`. */
  abstract listOf(userId: string, query: ConversationQuery): Promise<ConversationEntry[]>;

  /** Those of the others who have written to the user, and to whom the user has written. */
  abstract listMutual(userId: string, others: readonly string[]): Promise<Set<string>>;

  /** Removes entries of the user, for both people, and says how many: at most `limit`, none only where none is left. */
  abstract removeOf(userId: string, limit: number): Promise<number>;
}
