import {
  AccountDraft,
  codeContactOf,
  codeHolderOf,
  SYSTEM,
  unchanged,
  type Account,
  type Code,
  type CodePurpose,
  type Decision,
} from '../accounts/index.js';

/** In seconds. Source of both figures: API.md, Codes. */
export const CODE_LIFETIME = 300;
const TRIES = 5;

/** A code that shall be sent. `hash` is that of its six digits, `contact` the mobile or e-mail that somebody has named, however spelt. */
export type NewCode = Pick<Code, 'id' | 'purpose' | 'channel' | 'contact' | 'hash'> & { readonly now: Date };

/** Takes the place of the one open for the same purpose. `contact` is where to send it; null where it may not be sent. */
export function decideIssue(account: Account, { now, ...code }: NewCode): Decision<{ contact: string | null }> {
  const contact = codeContactOf(account, code.purpose, code.channel, code.contact, now);
  if (account.lockedAt || account.deletedAt || contact === null) return unchanged({ contact: null });
  const draft = new AccountDraft(account, now, SYSTEM);
  const expiresAt = new Date(now.getTime() + CODE_LIFETIME * 1000);
  draft.set({ codes: [...without(account, code.purpose), { ...code, contact, expiresAt, triesLeft: TRIES }] });
  return draft.commit({ contact });
}

/** Counts a try before its digits are compared, so that no number of racing tries is more than five. Null where there is none left. */
export function decideTry(account: Account, purpose: CodePurpose, now: Date): Decision<{ code: Code | null }> {
  const code = account.codes.find((open) => open.purpose === purpose);
  if (!code || now >= code.expiresAt || code.triesLeft === 0 || !codeHolderOf(account, code, now))
    return unchanged({ code: null });
  const draft = new AccountDraft(account, now, SYSTEM);
  draft.set({ codes: [...without(account, purpose), { ...code, triesLeft: code.triesLeft - 1 }] });
  return draft.commit({ code });
}

function without({ codes }: Account, purpose: CodePurpose): Code[] {
  return codes.filter((code) => code.purpose !== purpose);
}
