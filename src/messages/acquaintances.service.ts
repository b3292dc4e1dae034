import { Injectable } from '@nestjs/common';
import { UserNotFoundError, type Profile } from '../accounts/index.js';
import { Config } from '../config/index.js';
import { PeopleStore } from '../users/index.js';
import { ConversationStore } from './conversation.store.js';
import { MessageStore } from './message.store.js';

/** Who may see what of whom. Everybody may see themselves. */
@Injectable()
export class Acquaintances {
  constructor(
    private readonly people: PeopleStore,
    private readonly messages: MessageStore,
    private readonly conversations: ConversationStore,
    private readonly config: Config,
  ) {}

  /** Somebody's profile. Throws `UserNotFoundError`, alike for nobody and for somebody whom the user may not look up. */
  async getProfile(userId: string, otherId: string): Promise<Profile> {
    const [profile] = (await this.mayLookUp(userId, otherId)) ? await this.people.find([otherId]) : [];
    if (!profile) throw new UserNotFoundError();
    return profile;
  }

  /**
   * Of these people, those whose coming, going and typing the user may see, and who may see theirs: each has written to the other. A message
   * to a stranger is not enough, for anybody can send one.
   */
  async close(userId: string, others: readonly string[]): Promise<string[]> {
    const mutual = await this.conversations.listMutual(
      userId,
      others.filter((id) => id !== userId),
    );
    return others.filter((id) => id === userId || mutual.has(id));
  }

  private async mayLookUp(userId: string, otherId: string): Promise<boolean> {
    if (userId === otherId || this.config.directory === 'everyone') return true;
    return (await this.messages.summarize(userId, [otherId])).has(otherId);
  }
}
