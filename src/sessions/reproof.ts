import {
  AccountDraft,
  codeHolderOf,
  confirmed,
  deviceOf,
  FreshProofRequiredError,
  freshChannelOf,
  InvalidCodeError,
  isFormerPasswordValid,
  isFreshlyProved,
  isPasswordTrusted,
  holderOf,
  standingIn,
  WrongPasswordError,
  type Account,
  type Decision,
  type ProvedBy,
  type Session,
} from '../accounts/index.js';
import { getLive } from './session-end.decider.js';

/** How the holder of a session has proved a moment ago to be the person: `id` is that of a `login` code. */
export type Reproof =
  | { readonly kind: 'password'; readonly credentialVersion: number; readonly former?: boolean }
  | { readonly kind: 'code'; readonly id: string };

export interface ProofRequest {
  readonly now: Date;
  readonly sessionId: string;
  /** Null where none was given. */
  readonly proof: Reproof | null;
}

/** Keeps the proof on the session, and returns the session. */
export function decideProof(account: Account, { now, sessionId, proof }: ProofRequest): Decision<Session> {
  const session = getLive(account, sessionId, now);
  const draft = new AccountDraft(account, now, holderOf(session));
  return draft.commit(assertProved(draft, session, proof));
}

/** Throws `FreshProofRequiredError`. */
export function assertFreshlyProved(session: Session, now: Date): void {
  if (!isFreshlyProved(session, now)) throw new FreshProofRequiredError(['password', 'code']);
}

/**
 * Makes sure that the holder of the session has proved who they are within the last five minutes: by `proof`, which is used up and
 * kept on the session, or, where it is null, by what the session keeps. What the draft changes is changed with the standing that the
 * session has by it. Returns the session as it stands then.
 * Throws `FreshProofRequiredError`, and `WrongPasswordError` or `InvalidCodeError` where the proof has become worthless meanwhile.
 */
export function assertProved(draft: AccountDraft, session: Session, proof: Reproof | null): Session {
  const proved = proof ? keepProof(draft, session, proof) : keptProof(draft, session);
  draft.actWith(standingIn(draft.account, proved, draft.now));
  return proved;
}

function keptProof(draft: AccountDraft, session: Session): Session {
  assertFreshlyProved(session, draft.now);
  if (session.provedBy === 'password' && !isPasswordTrusted(draft.account, deviceOf(draft.account, session)))
    throw new FreshProofRequiredError(['code']);
  return session;
}

function keepProof(draft: AccountDraft, session: Session, proof: Reproof): Session {
  const provedBy = useUp(draft, session, proof);
  // A code says more than a password: it stays for its five minutes.
  if (provedBy === 'password' && freshChannelOf(draft.account, session, draft.now)) return session;
  const { credentialVersion } = draft.account;
  const proved = { ...session, credentialVersion, provedAt: draft.now, provedBy };
  draft.replaceSession(proved);
  return proved;
}

/** Returns what the proof was. */
function useUp(draft: AccountDraft, session: Session, proof: Reproof): ProvedBy {
  const { account } = draft;
  const device = deviceOf(account, session);
  if (proof.kind === 'password') {
    const current = proof.credentialVersion === account.credentialVersion && isPasswordTrusted(account, device);
    const stands = current && (!proof.former || isFormerPasswordValid(account, device, draft.now));
    if (!stands) throw new WrongPasswordError();
    return 'password';
  }
  const code = account.codes.find(({ id }) => id === proof.id);
  if (code?.purpose !== 'login' || !codeHolderOf(account, code, draft.now)) throw new InvalidCodeError();
  draft.useUpCode(code.id);
  if (device) draft.putDevice(confirmed(account, device, { channel: code.channel }, draft.now));
  return code.channel;
}
