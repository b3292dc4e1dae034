import {
  AccountDraft,
  eventId,
  holderOf,
  timeoutOf,
  withoutHash,
  SYSTEM,
  type Account,
  type Decision,
  type Rotation,
  type Session,
} from '../accounts/index.js';
import { sameHash } from '../common/index.js';
import { InvalidTokenError, RotationLimitError } from './session.errors.js';

/** For so long a token stays valid once its successor has been used: requests may be under way, or another tab behind, in ms. */
const GRACE_MS = 10_000;

/**
 * Successors of one token that may wait for their first use. None makes room for a further one: somebody else may hold it, and would be
 * out without a trace.
 */
const MAX_SUCCESSORS = 5;

/**
 * What a token, by the hash of its secret, is to the session: `valid`, `first` for a successor that nobody has used yet, `reused` for one
 * that was replaced more than ten seconds ago: two hold it, and one of them is a thief. Null for any other, which is not said to be of
 * this session.
 */
export type TokenUse = 'valid' | 'first' | 'reused';

export function tokenUseOf({ tokenHash, rotation }: Session, hash: string, now: Date): TokenUse | null {
  if (sameHash(hash, tokenHash)) return rotation?.usedAt === null ? 'first' : 'valid';
  if (!rotation) return null;
  const isSuccessor = rotation.siblings.some((sibling) => sameHash(hash, sibling));
  if (!isSuccessor && !sameHash(hash, rotation.predecessor)) return null;
  if (rotation.usedAt && now.getTime() - rotation.usedAt.getTime() >= GRACE_MS) return 'reused';
  return isSuccessor ? 'first' : 'valid';
}

export interface ShownToken {
  readonly now: Date;
  readonly sessionId: string;
  readonly tokenHash: string;
}

/** Notes the first use of a successor, which retires the token before it, or ends the session of a token that is used too late. Else nothing. */
export function decideTokenUse(account: Account, { now, sessionId, tokenHash }: ShownToken): Decision<object> {
  const session = account.live.find(({ id }) => id === sessionId);
  const use = session && !timeoutOf(session, now) && tokenUseOf(session, tokenHash, now);
  const draft = new AccountDraft(account, now, session && use === 'first' ? holderOf(session) : SYSTEM);
  if (session && use === 'first') draft.replaceSession(withFirstUse(session, tokenHash, now));
  if (session && use === 'reused') {
    draft.end([session], 'token_reused', null);
    draft.emit(eventId('token.reused', session.id), { type: 'token.reused', session: withoutHash(session) });
  }
  return draft.commit({});
}

/**
 * The session with a new token beside the one that its holder has shown. Who shows the predecessor once more has not got the answer of the
 * rotation before, or raced it: that successor stays good until one of them is used. Throws `InvalidTokenError` where the token shown has
 * been replaced meanwhile, and `RotationLimitError`.
 */
export function rotated(session: Session, shownHash: string, newHash: string, now: Date): Session {
  const use = tokenUseOf(session, shownHash, now);
  if (use === null || use === 'reused') throw new InvalidTokenError();
  const { tokenHash, rotation } = use === 'first' ? withFirstUse(session, shownHash, now) : session;
  const next = { predecessor: tokenHash, siblings: [] as readonly string[], usedAt: null };
  if (!rotation || rotation.usedAt) return { ...session, tokenHash: newHash, rotation: next };
  const siblings = [...rotation.siblings, tokenHash];
  if (siblings.length === MAX_SUCCESSORS) throw new RotationLimitError();
  return { ...session, tokenHash: newHash, rotation: { ...rotation, siblings } };
}

/** From now on that successor is the session's token. */
function withFirstUse(session: Session, hash: string, now: Date): Session {
  const { tokenHash, rotation } = session;
  return { ...session, tokenHash: hash, rotation: rotation && retiring(rotation, tokenHash, hash, now) };
}

/** `latest` is the token that was issued last; where it is not the one used first, it stays a successor, or has been used and is the predecessor. */
function retiring(rotation: Rotation, latest: string, used: string, now: Date): Rotation {
  if (used === latest) return { ...rotation, usedAt: now };
  const others = rotation.siblings.filter((sibling) => sibling !== used);
  if (rotation.usedAt) return { predecessor: latest, siblings: others, usedAt: now };
  return { ...rotation, siblings: [...others, latest], usedAt: now };
}
