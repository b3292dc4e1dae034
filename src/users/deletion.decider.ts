import {
  AccountDraft,
  eventId,
  holderOf,
  newAccount,
  withoutTraces,
  type Account,
  type Decision,
} from '../accounts/index.js';
import { assertProved, endTimedOut, getLive, type Reproof } from '../sessions/index.js';
import { AdminRoleHeldError } from './user.errors.js';

export interface Deletion {
  readonly now: Date;
  readonly sessionId: string;
  /** Null where none was given. */
  readonly proof: Reproof | null;
}

/**
 * The account becomes an id that is taken. Every session ends, told of without a trace of the person, for those who hear
 * of it may hear later that they were to erase. Throws `AdminRoleHeldError`.
 */
export function decideDeletion(account: Account, { now, sessionId, proof }: Deletion): Decision<object> {
  const session = getLive(account, sessionId, now);
  const draft = new AccountDraft(account, now, holderOf(session));
  assertProved(draft, session, proof);
  if (account.role === 'admin') throw new AdminRoleHeldError();
  for (const live of account.live) draft.replaceSession(withoutTraces(live));
  endTimedOut(draft);
  draft.end(draft.account.live, 'user_deleted', null);
  for (const { id } of account.devices) draft.forgetDevice(id);
  const { id, createdAt, live: _, devices: __, ...blank } = newAccount(account.id, account.createdAt, {});
  draft.set({ ...blank, createdAt, credentialVersion: account.credentialVersion + 1, deletedAt: now });
  draft.emit(eventId('user.deleted', id), { type: 'user.deleted' });
  return draft.commit({});
}
