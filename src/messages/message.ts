/** What one person has written to another. */
export interface Message {
  readonly id: string;
  /** Counts 1, 2, 3… within the conversation, without a gap, in the order of the commits. */
  readonly seq: number;
  readonly from: string;
  readonly to: string;
  /** Null for an image without words. */
  readonly text: string | null;
  readonly imageId: string | null;
  readonly createdAt: Date;
  /** Null until the person it was written to has read it. */
  readonly readAt: Date | null;
}

/** A message before it has its place. */
export type Draft = Omit<Message, 'seq'>;

/** One name for both directions. */
export function conversationOf(one: string, other: string): string {
  return one < other ? `${one}:${other}` : `${other}:${one}`;
}

export function isBetween({ from, to }: Message, one: string, other: string): boolean {
  return conversationOf(from, to) === conversationOf(one, other);
}
