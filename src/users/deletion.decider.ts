import {
  AccountDraft,
  eventId,
  isSettledIn,
  SYSTEM,
  waitingOf,
  holderOf,
  newAccount,
  withoutTraces,
  type Account,
  type Decision,
} from '../accounts/index.js';
import { assertProved, cancel, endTimedOut, getLive, postpone, type Reproof } from '../sessions/index.js';
import { AdminRoleHeldError } from './user.errors.js';

export interface Deletion {
  readonly now: Date;
  readonly sessionId: string;
  /** Null where none was given. */
  readonly proof: Reproof | null;
}

/** `deletesAt`: until when it waits; null where the account is deleted. */
export interface DeletionResult {
  readonly deletesAt: Date | null;
}

/**
 * At once in a session that is settled; in another it waits, so that the account holder can cancel it. Throws `AdminRoleHeldError`, and
 * `FreshProofRequiredError` also in the 30 days after a cancellation.
 */
export function decideDeletion(account: Account, { now, sessionId, proof }: Deletion): Decision<DeletionResult> {
  const session = getLive(account, sessionId, now);
  const draft = new AccountDraft(account, now, holderOf(session));
  const proved = assertProved(draft, session, proof);
  if (account.role === 'admin') throw new AdminRoleHeldError();
  if (!isSettledIn(draft.account, proved, now)) return draft.commit({ deletesAt: postpone(draft, 'deletion', proved) });
  deleteAccount(draft);
  return draft.commit({ deletesAt: null });
}

/**
 * Deletes an account whose holder has asked for it and has not cancelled it. Drops the wish where the account has become an
 * administrator's meanwhile, or is locked, for then nobody could have cancelled it. `settled` is false where nothing is due.
 */
export function decideDueDeletion(account: Account, now: Date): Decision<{ settled: boolean }> {
  const waiting = waitingOf(account, 'deletion');
  const draft = new AccountDraft(account, now, SYSTEM);
  if (!waiting || now < waiting.dueAt) return draft.commit({ settled: false });
  if (account.role === 'admin' || account.lockedAt) cancel(draft, 'deletion', null);
  else deleteAccount(draft);
  return draft.commit({ settled: true });
}

/**
 * The account becomes an id that is taken. Every session ends, told of without a trace of the person, for those who hear
 * of it may hear later that they were to erase.
 */
function deleteAccount(draft: AccountDraft): void {
  const { account, now } = draft;
  for (const live of account.live) draft.replaceSession(withoutTraces(live));
  endTimedOut(draft);
  draft.end(draft.account.live, 'user_deleted', null);
  for (const { id } of account.devices) draft.forgetDevice(id);
  const { id, createdAt, live: _, devices: __, ...blank } = newAccount(account.id, account.createdAt, {});
  draft.set({ ...blank, createdAt, credentialVersion: account.credentialVersion + 1, deletedAt: now });
  draft.emit(eventId('user.deleted', id), { type: 'user.deleted' });
}
