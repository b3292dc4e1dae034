import { Injectable } from '@nestjs/common';
import type { Profile } from '../accounts/index.js';
import { PeopleStore } from '../users/index.js';
import { ConversationStore } from './conversation.store.js';
import type { Message } from './message.js';
import { MessageStore } from './message.store.js';

/** Of a person with somebody else, locked or not. */
export interface Conversation {
  readonly user: Profile;
  readonly lastMessage: Message;
  /** Messages from that person which have not been read. */
  readonly unread: number;
}

export const CONVERSATION_ORDERS = ['newest', 'oldest'] as const;
export type ConversationOrder = (typeof CONVERSATION_ORDERS)[number];

export interface ConversationPage {
  readonly order: ConversationOrder;
  /** Where the page before ended; null from the start on. */
  readonly from: string | null;
  readonly limit: number;
}

/** Before every id. */
const START = '';

/** With whom one has written. */
@Injectable()
export class Conversations {
  constructor(
    private readonly conversations: ConversationStore,
    private readonly messages: MessageStore,
    private readonly people: PeopleStore,
  ) {}

  /** `next` is where the next page goes on, null where nothing is left; a page may be short before that. */
  async list(
    userId: string,
    { order, from, limit }: ConversationPage,
  ): Promise<{ found: Conversation[]; next: string | null }> {
    const place = order === 'oldest' ? { after: from ?? START } : { before: from ?? undefined };
    const entries = await this.conversations.listOf(userId, { ...place, limit: limit + 1 });
    const shown = entries.slice(0, limit);
    const found = await this.read(
      userId,
      shown.map(({ other }) => other),
    );
    return { found, next: entries.length > limit ? shown.at(-1)!.place : null };
  }

  /** Leaves out those without a message, and with people who are being erased. */
  private async read(userId: string, others: readonly string[]): Promise<Conversation[]> {
    const [summaries, people] = await Promise.all([this.messages.summarize(userId, others), this.people.find(others)]);
    const users = new Map(people.map((person) => [person.id, person]));
    return others.flatMap((other): Conversation[] => {
      const [user, summary] = [users.get(other), summaries.get(other)];
      return user && summary ? [{ user, lastMessage: summary.last, unread: summary.unread }] : [];
    });
  }
}
