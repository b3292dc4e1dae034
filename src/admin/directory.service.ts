import { Injectable } from '@nestjs/common';
import { Accounts, isEnded, timeoutOf, type Account, type EndedSession, type Session } from '../accounts/index.js';
import { Clock, foldText } from '../common/index.js';
import { decideTimeouts } from '../sessions/index.js';
import { everybodyIn, findPeople, PeopleStore, UsersService, type Person } from '../users/index.js';
import { DirectoryStore, type DirectoryQuery } from './directory.store.js';

/** A search reads so many people before it hands back what it has. */
const MAX_READ = 20_000;

/** What operators look up. */
@Injectable()
export class Directory {
  constructor(
    private readonly store: DirectoryStore,
    private readonly people: PeopleStore,
    private readonly accounts: Accounts,
    private readonly users: UsersService,
    private readonly clock: Clock,
  ) {}

  /** Newest first. `next` is where the next page goes on, null where nothing is left. */
  async listUsers(before: string | null, limit: number): Promise<{ found: Person[]; next: string | null }> {
    const people = await this.people.list(before, limit + 1);
    const found = people.slice(0, limit);
    return { found, next: people.length > limit ? found.at(-1)!.id : null };
  }

  /**
   * Those with `text` in a name, e-mail or mobile, without regard to case. A search that finds little hands back a short page,
   * even an empty one, after 20,000, and goes on from `next`.
   */
  search(text: string, before: string | null, limit: number): Promise<{ found: Person[]; next: string | null }> {
    const isMeant = (person: Person) => mentions(person, foldText(text));
    return findPeople(everybodyIn(this.people), isMeant, { before, limit, maxRead: MAX_READ });
  }

  /** Throws `UserNotFoundError`. */
  async getUser(id: string): Promise<{ user: Account; liveSessions: number }> {
    const user = await this.users.getById(id);
    const now = this.clock.now();
    return { user, liveSessions: user.live.filter((session) => !timeoutOf(session, now)).length };
  }

  /** Newest first. Commits timeouts that have struck, so that none of them is listed as live. Reads one more than `limit`. */
  async listSessions(query: DirectoryQuery): Promise<(Session | EndedSession)[]> {
    const now = this.clock.now();
    const oneMore = { ...query, limit: query.limit + 1 };
    const found = await this.store.listSessions(oneMore);
    const overdue = found.filter((session) => !isEnded(session) && timeoutOf(session, now));
    if (overdue.length === 0) return found;
    for (const userId of new Set(overdue.map((session) => session.userId))) {
      await this.accounts.change(userId, (account) => decideTimeouts(account, now));
    }
    return this.store.listSessions(oneMore);
  }
}

function mentions({ username, displayName, email, mobile }: Person, text: string): boolean {
  return [username, displayName, email, mobile].some((value) => value && foldText(value).includes(text));
}
