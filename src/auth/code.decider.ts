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

/** `suspicious`: too many wrong codes were given today. */
export const triesOf = (suspicious: boolean) => (suspicious ? 1 : TRIES);

/** Codes of one purpose that an account keeps open. */
export const MAX_OPEN = 3;

/** A code that shall be sent. `hash` is that of its six digits, `contact` the mobile or e-mail that somebody has named, however spelt. */
export type NewCode = Pick<Code, 'id' | 'purpose' | 'channel' | 'contact' | 'hash' | 'bySettled'> & {
  readonly requestHash: string;
  /** There were too many wrong ones today: a stranger gets one try instead of five. */
  readonly suspicious: boolean;
  readonly now: Date;
};

/**
 * `contact` is where to send it; null where it may not be sent. Where three are open, a further one is not sent, so that no stranger
 * can void the owner's. That of a settled device takes the place of the oldest that a stranger asked for, so that no stranger can
 * keep it away either.
 */
export function decideIssue(
  account: Account,
  { now, suspicious, ...code }: NewCode,
): Decision<{ contact: string | null }> {
  const contact = codeContactOf(account, code.purpose, code.channel, code.contact, now);
  if (account.lockedAt || account.deletedAt || contact === null) return unchanged({ contact: null });
  const open = openCodes(account, code.purpose, now);
  const full = open.length >= MAX_OPEN;
  const pushedOut = full && code.bySettled ? open.find(({ bySettled }) => !bySettled) : undefined;
  if (full && !pushedOut) return unchanged({ contact: null });
  const draft = new AccountDraft(account, now, SYSTEM);
  const expiresAt = new Date(now.getTime() + CODE_LIFETIME * 1000);
  const triesLeft = triesOf(suspicious && !code.bySettled);
  const kept = account.codes.filter((other) => now < other.expiresAt && other !== pushedOut);
  draft.set({ codes: [...kept, { ...code, contact, expiresAt, triesLeft }] });
  return draft.commit({ contact });
}

/** The codes that can be tried, the oldest first. */
export function openCodes(account: Account, purpose: CodePurpose, now: Date): Code[] {
  return account.codes.filter(
    (code) =>
      code.purpose === purpose &&
      now < code.expiresAt &&
      code.triesLeft > 0 &&
      codeHolderOf(account, code, now) !== null,
  );
}

/**
 * Counts a try of a code with its request before the digits are compared, so that no number of racing tries is more than five.
 * Null where there is none left.
 */
export function decideTry(account: Account, codeId: string, now: Date): Decision<{ code: Code | null }> {
  const code = account.codes.find(({ id }) => id === codeId);
  if (!code || !openCodes(account, code.purpose, now).includes(code)) return unchanged({ code: null });
  const draft = new AccountDraft(account, now, SYSTEM);
  const tried = { ...code, triesLeft: code.triesLeft - 1 };
  draft.set({ codes: account.codes.map((other) => (other === code ? tried : other)) });
  return draft.commit({ code });
}
