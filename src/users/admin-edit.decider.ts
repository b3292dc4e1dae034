import { AccountDraft, eventId, type Account, type Actor, type Decision, type Role } from '../accounts/index.js';
import { endSessions } from '../sessions/index.js';

export interface AdminEdit {
  /** Names the events, so that a decision that runs again names the same ones. */
  readonly id: string;
  readonly now: Date;
  readonly actor: Actor;
  readonly role?: Role | undefined;
  readonly locked?: boolean | undefined;
}

/** A locked account has no live session and gets none. Unlocking lets the person log in again. */
export function decideAdminEdit(account: Account, { id, now, actor, role, locked }: AdminEdit): Decision<Account> {
  const draft = new AccountDraft(account, now, actor);
  if (role !== undefined && role !== account.role) {
    draft.set({ role });
    draft.emit(eventId('user.role_changed', id), { type: 'user.role_changed', role });
  }
  if (locked === false && account.lockedAt) {
    draft.set({ lockedAt: null });
    draft.emit(eventId('user.unlocked', id), { type: 'user.unlocked' });
  }
  if (locked === true && !account.lockedAt) {
    draft.set({ lockedAt: now, tickets: [], recoveryLink: null });
    endSessions(draft, { reason: 'user_locked', which: () => true });
    draft.emit(eventId('user.locked', id), { type: 'user.locked' });
  }
  return draft.commit(draft.account);
}
