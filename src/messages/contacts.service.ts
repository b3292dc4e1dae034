import { Injectable } from '@nestjs/common';
import type { Profile } from '../accounts/index.js';
import { findPeople, PeopleStore, type Person } from '../users/index.js';
import type { Message } from './message.js';
import { MessageStore } from './message.store.js';

export interface Contact {
  readonly user: Profile;
  readonly lastMessage: Message | null;
  /** Messages from that person which have not been read. */
  readonly unread: number;
}

export interface ContactQuery {
  /** Part of a display name or username, without regard to case; null for anybody. */
  readonly text: string | null;
  /** Only people who came before the one with this id; null from the newest on. */
  readonly before: string | null;
  readonly limit: number;
}

/** People who are looked at for one page. */
const MAX_READ = 5000;

/** Everybody else who is not deleted. Of the locked, to whom nobody can write, only those with whom there are messages. */
@Injectable()
export class Contacts {
  constructor(
    private readonly people: PeopleStore,
    private readonly messages: MessageStore,
  ) {}

  /** Newest people first. `next` is where the next page goes on, null where nothing is left; a page may be short before that. */
  async list(userId: string, query: ContactQuery): Promise<{ found: Contact[]; next: string | null }> {
    const { found, next } = await this.search(query, ({ id }) => id !== userId);
    const summaries = await this.messages.summarize(
      userId,
      found.map(({ id }) => id),
    );
    const contacts = found.flatMap((user): Contact[] => {
      const summary = summaries.get(user.id);
      if (user.lockedAt && !summary) return [];
      return [{ user, lastMessage: summary?.last ?? null, unread: summary?.unread ?? 0 }];
    });
    return { found: contacts, next };
  }

  /** Those to whom one can write, alone. */
  listPeople(userId: string, query: ContactQuery): Promise<{ found: Profile[]; next: string | null }> {
    return this.search(query, ({ id, lockedAt }) => id !== userId && !lockedAt);
  }

  private search({ text, before, limit }: ContactQuery, isMeant: (person: Person) => boolean) {
    const isFound = (person: Person) => isMeant(person) && isNamed(person, text);
    return findPeople(this.people, isFound, { before, limit, maxRead: MAX_READ });
  }
}

/** Mobile and e-mail are nobody else's business: a search must not tell whose they are. */
function isNamed({ displayName, username }: Person, text: string | null): boolean {
  if (text === null) return true;
  return [displayName, username].some((name) => name?.toLowerCase().includes(text.toLowerCase()));
}
