import { InvalidCodeError, WrongPasswordError, type AccountDraft, type Session } from '../accounts/index.js';
import { standsOnPassword } from './session-end.decider.js';

/** How the holder of a session has proved a moment ago to be the person: `id` is that of a `login` code. */
export type Reproof =
  { readonly kind: 'password'; readonly credentialVersion: number } | { readonly kind: 'code'; readonly id: string };

/** Throws where the proof has become worthless while it was being verified. A code helps once. */
export function useUp(draft: AccountDraft, proof: Reproof, session: Session): void {
  const { account } = draft;
  if (proof.kind === 'password') {
    if (proof.credentialVersion !== account.credentialVersion || !standsOnPassword(account, session))
      throw new WrongPasswordError();
    return;
  }
  const code = account.codes.find(({ id }) => id === proof.id);
  if (code?.purpose !== 'login' || account[code.channel] !== code.contact) throw new InvalidCodeError();
  draft.set({ codes: account.codes.filter(({ id }) => id !== code.id) });
}
