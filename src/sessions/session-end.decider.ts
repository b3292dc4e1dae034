import {
  asEndedBy,
  eventId,
  timeoutOf,
  withoutHash,
  AccountDraft,
  SYSTEM,
  type Account,
  type Actor,
  type Decision,
  type EndedSession,
  type EndReason,
  type Session,
} from '../accounts/index.js';
import { InvalidTokenError, ServiceScopeRequiredError } from './session.errors.js';

export interface EndRequest {
  readonly now: Date;
  readonly reason: EndReason;
  /** Which of the live sessions. */
  readonly which: (session: Session) => boolean;
  readonly actor: Actor;
  /** It asks for a service that may not end sessions of administrators: then it throws `ServiceScopeRequiredError`. */
  readonly sparesAdmins: boolean;
}

/** Throws `ServiceScopeRequiredError` where a service that may do nothing with administrators acts on one. */
export function assertMayTouch({ role }: Account, { sparesAdmins }: { readonly sparesAdmins: boolean }): void {
  if (sparesAdmins && role === 'admin') throw new ServiceScopeRequiredError('admins');
}

/** Ends what is live among the asked for. What has ended already keeps the reason it has. */
export function decideEnd(account: Account, request: EndRequest): Decision<readonly EndedSession[]> {
  assertMayTouch(account, request);
  const draft = new AccountDraft(account, request.now, request.actor);
  return draft.commit(endSessions(draft, request));
}

/** Ends what the clock has ended, and nothing else. Says how many that were. */
export function decideTimeouts(account: Account, now: Date): Decision<{ ended: number }> {
  const draft = new AccountDraft(account, now, SYSTEM);
  endTimedOut(draft);
  return draft.commit({ ended: account.live.length - draft.account.live.length });
}

/** Ends sessions within a larger decision, and says so once if it was somebody other than their holder. */
export function endSessions(
  draft: AccountDraft,
  { which, reason }: Pick<EndRequest, 'which' | 'reason'>,
): EndedSession[] {
  endTimedOut(draft);
  const actor = askingSession(draft);
  const by = actor ? asEndedBy(actor) : null;
  const [own, others] = partition(draft.account.live.filter(which), (session) => session === actor);
  // "I end this very session" is logging out, also when it goes along with the others.
  const ended = [...draft.end(own, reason === 'revoked' ? 'logged_out' : reason, by), ...draft.end(others, reason, by)];
  const first = ended[own.length];
  if (first && NEWS_TO_THE_HOLDER.includes(reason)) {
    draft.emit(eventId('sessions.revoked', first.id), { type: 'sessions.revoked', session: withoutHash(first), by });
  }
  return ended;
}

/** The session of this account from which its person asks; none where an admin, a service or the clock does. */
function askingSession({ account, actor }: AccountDraft): Session | undefined {
  return actor.kind === 'user' ? account.live.find(({ id }) => id === actor.sessionId) : undefined;
}

function partition<T>(items: readonly T[], belongs: (item: T) => boolean): [T[], T[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}

/** The session, still live at `now`. Throws `InvalidTokenError` where it has ended since the request was let in. */
export function getLive(account: Account, sessionId: string, now: Date): Session {
  const session = account.live.find(({ id }) => id === sessionId);
  if (!session || timeoutOf(session, now)) throw new InvalidTokenError();
  return session;
}

/** Ends what the clock has ended, each with its own reason, before anything is counted. */
export function endTimedOut(draft: AccountDraft): void {
  for (const session of draft.account.live) {
    const reason = timeoutOf(session, draft.now);
    if (reason) draft.end([session], reason, null);
  }
}

const NEWS_TO_THE_HOLDER: readonly EndReason[] = [
  'revoked',
  'revoked_by_admin',
  'revoked_by_service',
  'device_forgotten',
];
