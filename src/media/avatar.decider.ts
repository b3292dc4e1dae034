import { AccountDraft, holderOf, type Account, type Decision, type Profile } from '../accounts/index.js';
import { getLive } from '../sessions/index.js';

export interface AvatarChange {
  readonly now: Date;
  readonly sessionId: string;
  /** Null takes it away. */
  readonly avatarUrl: string | null;
}

/** `former` is the URL that was there. */
export function decideAvatar(
  account: Account,
  { now, sessionId, avatarUrl }: AvatarChange,
): Decision<{ profile: Profile; former: string | null }> {
  const draft = new AccountDraft(account, now, holderOf(getLive(account, sessionId, now)));
  const { avatarUrl: former } = account;
  if (avatarUrl !== former) draft.set({ avatarUrl });
  return draft.commit({ profile: draft.account, former });
}
