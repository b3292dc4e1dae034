import {
  AccountDraft,
  eventId,
  unchanged,
  withoutHash,
  type Account,
  type Actor,
  type Decision,
  type EndedSession,
  type Session,
} from '../accounts/index.js';
import { endSessions, getLive } from '../sessions/index.js';
import { OwnReportError } from './report.errors.js';

/** "This wasn't me." */
export interface Report {
  readonly now: Date;
  /** The person, in a session of theirs or by a link. */
  readonly actor: Extract<Actor, { kind: 'user' }>;
  readonly notificationId: string;
  /** The session that the notice warns of, live or ended; null where it warns of a login that was not let in. */
  readonly session: Session | EndedSession | null;
  /** What is shut out; null where nobody was let in. */
  readonly deviceId: string | null;
  /** When the stranger came, or tried to. */
  readonly since: Date;
}

/** Notices that an account remembers as reported. */
const MAX_REPORTED = 200;

/**
 * Ends the session and whatever else is live on its device, blocks the device, and distrusts the password: whoever
 * came from there knows it. Changes nothing where the notice was reported before.
 * Throws `OwnReportError` for the session, or the device, that asks, and `InvalidTokenError` where the asking session has ended.
 */
export function decideReport(account: Account, report: Report): Decision<{ reported: boolean }> {
  const { now, actor, notificationId, session, deviceId, since } = report;
  if (account.reported.includes(notificationId)) return unchanged({ reported: false });
  const asking = actor.sessionId === null ? null : getLive(account, actor.sessionId, now);
  if (deviceId !== null && asking?.device.id === deviceId) throw new OwnReportError();
  const draft = new AccountDraft(account, now, actor);
  if (deviceId !== null) block(draft, deviceId);
  const { distrustedSince } = account;
  draft.set({
    distrustedSince: distrustedSince && distrustedSince < since ? distrustedSince : since,
    tickets: [],
    reported: [...account.reported, notificationId].slice(-MAX_REPORTED),
  });
  const id = eventId('device.reported', notificationId);
  draft.emit(id, { type: 'device.reported', notificationId, session: session && withoutHash(session) });
  return draft.commit({ reported: true });
}

function block(draft: AccountDraft, deviceId: string): void {
  endSessions(draft, { reason: 'reported', which: (live) => live.device.id === deviceId });
  const device = draft.account.devices.find(({ id }) => id === deviceId);
  if (device) draft.putDevice({ ...device, blockedAt: draft.now });
}
