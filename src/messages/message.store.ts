import type { Draft, Message } from './message.js';

export interface MessageQuery {
  /** Oldest first, from the message after this number on. */
  readonly after?: number | undefined;
  /** Without `after`: newest first, from the message before this number on; without both, from the newest on. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** A message that stands in the store. */
export interface Stored {
  readonly message: Message;
  /** It was there before, under the same key. */
  readonly repeated: boolean;
}

/** What is to be marked as read, in a step that holds up nobody. */
export interface ReadStep {
  /** The number of the last message meant. */
  readonly upTo: number;
  readonly readAt: Date;
  readonly limit: number;
}

export interface Marked {
  /** The last one that the step marked; null where it marked none. */
  readonly last: Message | null;
  /** Whether there may be more to mark: the step found as many as it may take. */
  readonly more: boolean;
}

/** Of one conversation, as one of the two sees it. */
export interface Summary {
  readonly last: Message;
  /** Messages to that person which they have not read. */
  readonly unread: number;
}

/** The messages between people. Every failure to reach the store is a `StoreUnavailableError`. */
export abstract class MessageStore {
  /**
   * Gives the message the next number of its conversation and stores it, as one atomic step. Where its sender has stored
   * one under the same key before, nothing is stored and that first one is returned, whatever it says.
   */
  abstract add(draft: Draft, key: string | null): Promise<Stored>;

  /** Null for a message that does not exist. */
  abstract find(id: string): Promise<Message | null>;

  /** Those between the two, in both directions. At most `limit`. */
  abstract listBetween(one: string, other: string, query: MessageQuery): Promise<Message[]>;

  /**
   * Marks what `from` has written to `reader` up to that number as read, the lowest numbers first and at most `limit`. What
   * was read before keeps its time and is not looked at, so that the next step goes on where this one ended.
   */
  abstract markRead(reader: string, from: string, step: ReadStep): Promise<Marked>;

  /** The conversations of the user with those people, by the id of the other; none for whom there is no message. */
  abstract summarize(userId: string, others: readonly string[]): Promise<Map<string, Summary>>;

  /** All that the user wrote or was written, in the order of the ids, from behind that id on; null from the first on. At most `limit`. */
  abstract listOf(userId: string, after: string | null, limit: number): Promise<Message[]>;

  /** Those that are not there any more are passed over. */
  abstract remove(ids: readonly string[]): Promise<void>;
}
