import { Injectable } from '@nestjs/common';
import type { Profile } from '../accounts/index.js';
import { foldText } from '../common/index.js';
import { Config, type DirectoryMode } from '../config/index.js';
import { everybodyIn, findPeople, PeopleStore, type Listed, type Person, type ReadPeople } from '../users/index.js';
import { ConversationStore } from './conversation.store.js';
import { ExactMatch, isEmail } from './exact-match.service.js';
import type { Message } from './message.js';
import { MessageStore } from './message.store.js';

export interface Contact {
  readonly user: Profile;
  readonly lastMessage: Message | null;
  /** Messages from that person which have not been read. */
  readonly unread: number;
}

export interface ContactQuery {
  /** Part of a display name or username, or a whole e-mail, without regard to case; null for anybody. */
  readonly text: string | null;
  /** Only what comes behind this place; null from the start on. */
  readonly before: string | null;
  readonly limit: number;
}

/** People who are looked at for one page. */
const MAX_READ = 5000;

/** Behind no id. */
const START = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Whom a person may write to, as far as the directory tells it. Of the locked, to whom nobody can write, only those with whom there are messages. */
@Injectable()
export class Contacts {
  constructor(
    private readonly people: PeopleStore,
    private readonly messages: MessageStore,
    private readonly conversations: ConversationStore,
    private readonly exactMatch: ExactMatch,
    private readonly config: Config,
  ) {}

  /**
   * Those with whom there are messages, the newest first, and before them whom the text names exactly; or everybody, newest
   * people first. `next` is where the next page goes on, null where nothing is left; a page may be short before that. Throws
   * `TooManyRequestsError`.
   */
  async list(userId: string, query: ContactQuery): Promise<{ found: Contact[]; next: string | null }> {
    const named = await this.findNamed(userId, query);
    const limit = named ? query.limit - 1 : query.limit;
    const { found, next } =
      limit > 0
        ? await this.search(this.config.directory, userId, { ...query, limit }, ({ id }) => id !== userId)
        : { found: [], next: START };
    const people = named ? [named, ...found] : found;
    const summaries = await this.messages.summarize(
      userId,
      people.map(({ id }) => id),
    );
    const contacts = people.flatMap((user): Contact[] => {
      const summary = summaries.get(user.id);
      if (user.lockedAt && !summary) return [];
      return [{ user, lastMessage: summary?.last ?? null, unread: summary?.unread ?? 0 }];
    });
    return { found: contacts, next };
  }

  /** For the earlier APIs: people to whom one can write, alone. Administrators are not shown. */
  listPeople(userId: string, query: ContactQuery): Promise<{ found: Profile[]; next: string | null }> {
    const isMeant = ({ id, lockedAt, role }: Person) => id !== userId && !lockedAt && role !== 'admin';
    return this.search(this.config.earlierApisDirectory, userId, query, isMeant);
  }

  /** Whom the text names exactly, on the first page, and only who is not in the list anyway. Under `off` no stranger. */
  private async findNamed(userId: string, { text, before }: ContactQuery): Promise<Person | null> {
    const { directory } = this.config;
    if (directory === 'everyone' || text === null || before !== null) return null;
    if (directory === 'off' && !isEmail(text)) return null;
    const person = await this.exactMatch.find(userId, text);
    if (!person) return null;
    const known = (await this.messages.summarize(userId, [person.id])).has(person.id);
    if (known) return isNamed(person, text) ? null : person;
    return directory === 'contacts' ? person : null;
  }

  private search(
    directory: DirectoryMode,
    userId: string,
    { text, before, limit }: ContactQuery,
    isMeant: (person: Person) => boolean,
  ) {
    const isFound = (person: Person) => isMeant(person) && isNamed(person, text);
    const read = directory === 'everyone' ? everybodyIn(this.people) : this.acquaintancesOf(userId);
    return findPeople(read, isFound, { before, limit, maxRead: MAX_READ });
  }

  /** Those with whom there are messages. A place is that of the conversation. */
  private acquaintancesOf(userId: string): ReadPeople {
    return async (before, limit) => {
      const entries = await this.conversations.listOf(userId, { before: before ?? undefined, limit });
      const found = await this.people.find(entries.map(({ other }) => other));
      const people = new Map(found.map((person) => [person.id, person]));
      return entries.map(({ other, place }): Listed => ({ person: people.get(other) ?? null, place }));
    };
  }
}

/** An e-mail or a mobile, or part of it, is nobody's business: a search must not tell whose they are. */
function isNamed({ displayName, username }: Person, text: string | null): boolean {
  if (text === null) return true;
  return [displayName, username].some((name) => name && foldText(name).includes(foldText(text)));
}
