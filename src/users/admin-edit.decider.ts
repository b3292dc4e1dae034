import { AccountDraft, type Account, type Decision, type Role } from '../accounts/index.js';
import { endSessions } from '../sessions/index.js';

export interface AdminEdit {
  readonly now: Date;
  readonly role?: Role | undefined;
  readonly locked?: boolean | undefined;
}

/** A locked account has no live session and gets none. Unlocking lets the person log in again. */
export function decideAdminEdit(account: Account, { now, role, locked }: AdminEdit): Decision<Account> {
  const draft = new AccountDraft(account, now);
  if (role !== undefined) draft.set({ role });
  if (locked === false) draft.set({ lockedAt: null });
  if (locked === true) {
    draft.set({ lockedAt: account.lockedAt ?? now, tickets: [] });
    endSessions(draft, { now, reason: 'user_locked', which: () => true, actorSessionId: null });
  }
  return draft.commit(draft.account);
}
