import {
  AccountDraft,
  codeHolderOf,
  holderOf,
  InvalidCodeError,
  standingIn,
  type Account,
  type Decision,
} from '../accounts/index.js';
import { getLive } from '../sessions/index.js';
import { verifyContact } from '../users/index.js';

export interface Verification {
  readonly now: Date;
  readonly sessionId: string;
  /** The code that was right. */
  readonly codeId: string;
}

/** See `verifyContact`. Throws `InvalidCodeError` for a code that is gone, or whose contact is. */
export function decideVerification(account: Account, { now, sessionId, codeId }: Verification): Decision<Account> {
  const session = getLive(account, sessionId, now);
  const code = account.codes.find(({ id }) => id === codeId);
  if (code?.purpose !== 'verify' || !codeHolderOf(account, code, now)) throw new InvalidCodeError();
  const draft = new AccountDraft(account, now, holderOf(session));
  draft.actWith(standingIn(account, session, now));
  verifyContact(draft, session, code.channel, codeId);
  draft.useUpCode(codeId);
  return draft.commit(draft.account);
}
