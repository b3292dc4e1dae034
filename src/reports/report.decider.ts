import {
  AccountDraft,
  asEndedBy,
  deviceStandingOf,
  eventId,
  FORMER_MS,
  FreshProofRequiredError,
  outranks,
  provedChannelOf,
  restoreIdentifiers,
  restorePassword,
  standingIn,
  standingOf,
  unchanged,
  withoutHash,
  type Account,
  type Actor,
  type Decision,
  type Device,
  type EndedSession,
  type Holder,
  type IdentifierChange,
  type Session,
  type Standing,
} from '../accounts/index.js';
import { cancelWaiting, endSessions, getLive } from '../sessions/index.js';
import { OwnReportError, StaleReportLinkError } from './report.errors.js';

/** "This wasn't me." */
export interface Report {
  /** Of a notice, each of which is reported once; otherwise of this report alone. */
  readonly id: string;
  readonly now: Date;
  /** The person, in a session of theirs or without one. */
  readonly actor: Extract<Actor, { kind: 'user' }>;
  /** Who reports where no session does: the channel of a link, or a device that has shown its secret a moment ago. */
  readonly by: Holder | null;
  readonly notificationId: string | null;
  /** Null for whoever came in with less standing since the device that reports was there. */
  readonly suspect: Suspect | null;
}

/** Whom a report is about. */
export interface Suspect {
  /** Null where nothing is known of the device. */
  readonly deviceId: string | null;
  /** False for a login that was refused. */
  readonly letIn: boolean;
  /** When the device did what the report is about: it has not come later than that. */
  readonly seenAt: Date;
  /** The session that the notice warns of, live or ended; null where there is none, or its record is gone. */
  readonly session: Session | EndedSession | null;
}

/** Notices that an account remembers as reported. */
const MAX_REPORTED = 200;

/**
 * Ends every session on the device, and on every device that came after it, unless it was opened by a code to an older channel.
 * Blocks the device, and distrusts the password since that device came: whoever came from there knows it. A password that a device
 * without standing has set gives way to the one before it. Mobile, e-mail and username are again what they were before those devices
 * changed them. Cancels a deletion and an export that wait. Changes nothing where the notice was reported before.
 * Throws `OwnReportError` for the device that asks, `FreshProofRequiredError` where it has a lower standing than the suspect, or
 * reports without a session and is not settled, `StaleReportLinkError` where the link's channel is none any more, and
 * `InvalidTokenError` where the asking session has ended.
 */
export function decideReport(account: Account, report: Report): Decision<{ reported: boolean }> {
  const { id, now, actor, by, notificationId } = report;
  if (account.reported.includes(id)) return unchanged({ reported: false });
  const asking = actor.sessionId === null ? null : getLive(account, actor.sessionId, now);
  const standing = asking ? standingIn(account, asking, now) : standingWithout(account, by, now);
  const suspect = report.suspect ?? juniorsOf(account, by, standing, now);
  const { deviceId, seenAt, session } = suspect;
  if (deviceId !== null && deviceId === (asking?.device.id ?? deviceIdOf(by))) throw new OwnReportError();
  if (!outranks(standing, deviceStandingOf(account, deviceId, seenAt, now)))
    throw new FreshProofRequiredError(['code', 'settled_device']);

  const draft = new AccountDraft(account, now, actor);
  const device = account.devices.find((one) => one.id === deviceId);
  const since = suspect.letIn ? (device?.since ?? seenAt) : seenAt;
  if (suspect.letIn) endSince(draft, since, deviceId, asking);
  if (suspect.letIn && device) draft.putDevice({ ...device, blockedAt: now });
  const reporter = asking?.device.id ?? deviceIdOf(by);
  const isTheirs = report.suspect
    ? changedSince(draft, since, deviceId, reporter)
    : changedLately(draft, standing, reporter);
  if (suspect.letIn) restore(draft, isTheirs, id);
  const { distrustedSince } = account;
  draft.set({
    ...restorePassword(draft.account, now),
    distrustedSince: distrustedSince && distrustedSince < since ? distrustedSince : since,
    tickets: [],
    // Whoever asked the help desk for it may be the stranger. One without standing could keep the owner from it.
    ...(standing.settled && { recoveryLink: null }),
    reported: [...account.reported, id].slice(-MAX_REPORTED),
  });
  followPassword(draft, account.credentialVersion);
  cancelWaiting(draft, asking && asEndedBy(asking));
  draft.emit(eventId('device.reported', id), {
    type: 'device.reported',
    notificationId,
    session: session && withoutHash(session),
  });
  return draft.commit({ reported: true });
}

function standingWithout(account: Account, by: Holder | null, now: Date): Standing {
  if (by && 'device' in by) {
    // Another report may have shut it out since it showed its secret.
    const device = account.devices.find(({ id }) => id === by.device.id);
    const standing = device && standingOf(account, { device: { ...device, provenAt: now } }, now);
    if (!standing?.settled) throw new FreshProofRequiredError(['code', 'settled_device']);
    return standing;
  }
  const standing = by && standingOf(account, by, now);
  if (!standing) throw new StaleReportLinkError();
  return standing;
}

/** Those with less standing that have been there since the device that reports was, as if they were one that came with the first of them. */
function juniorsOf(account: Account, by: Holder | null, standing: Standing, now: Date): Suspect {
  const reporter = account.devices.find(({ id }) => id === deviceIdOf(by));
  const live = new Set(account.live.map(({ device }) => device.id));
  const isSuspect = (device: Device) =>
    outranks(standing, standingOf(account, { device }, now)!) &&
    (live.has(device.id) || (reporter !== undefined && device.lastSeenAt >= reporter.lastSeenAt));
  const came = account.devices.filter(isSuspect).map(({ since }) => since);
  // A thief who forgets their own device leaves what they have changed.
  const known = new Set(account.devices.map(({ id }) => id));
  const changed = Object.values(account.identifiersSetBy)
    .filter(({ deviceId, at }) => !known.has(deviceId) && reporter !== undefined && at >= reporter.lastSeenAt)
    .map(({ at }) => at);
  const first = Math.min(...[now, ...came, ...changed].map((time) => time.getTime()));
  return { deviceId: null, letIn: true, seenAt: new Date(first), session: null };
}

function deviceIdOf(by: Holder | null): string | null {
  return by && 'device' in by ? by.device.id : null;
}

/** Ends what is live on the device, and on those that came at the same time or later, or count from later because they lost their standing. */
function endSince(draft: AccountDraft, since: Date, deviceId: string | null, asking: Session | null): void {
  const { account } = draft;
  const cameAt = new Map(account.devices.map((device) => [device.id, device.since]));
  endSessions(draft, {
    reason: 'reported',
    which: (session) => {
      if (session.id === asking?.id) return false;
      if (session.device.id === deviceId) return true;
      const came = cameAt.get(session.device.id) ?? session.createdAt;
      return came >= since && !standsOnChannelBefore(account, session, since);
    },
  });
}

type IsTheirs = (change: IdentifierChange) => boolean;

/**
 * Whether the device, or one that came later, has made the change, unless a code to a channel from before had confirmed it. A device that
 * lost its standing later may have made it before.
 */
function changedSince(
  { account }: AccountDraft,
  since: Date,
  deviceId: string | null,
  reporter: string | null,
): IsTheirs {
  const cameAt = new Map(account.devices.map((device) => [device.id, device.since]));
  return (change) => {
    if (change.deviceId === reporter || (change.confirmedSince && change.confirmedSince < since)) return false;
    if (change.deviceId === deviceId) return true;
    return change.at >= since && (cameAt.get(change.deviceId) ?? change.at) >= since;
  };
}

/**
 * Who reports no device in particular may have logged in since, and not know which one it was: whatever a device with less standing has
 * changed while what was there before is still kept, unless a code to a channel from before that device had confirmed it.
 */
function changedLately({ account, now }: AccountDraft, standing: Standing, reporter: string | null): IsTheirs {
  return ({ deviceId, at, confirmedSince }) => {
    const theirs = deviceStandingOf(account, deviceId, at, now);
    const isConfirmed = confirmedSince !== null && confirmedSince < theirs.since;
    return (
      deviceId !== reporter && !isConfirmed && now.getTime() < at.getTime() + FORMER_MS && outranks(standing, theirs)
    );
  };
}

/** Takes back what they have done to mobile, e-mail and username. */
function restore(draft: AccountDraft, isTheirs: IsTheirs, id: string): void {
  const kinds = restoreIdentifiers(draft, isTheirs);
  if (kinds.length > 0) draft.emit(eventId('identifiers.restored', id), { type: 'identifiers.restored', kinds });
}

/**
 * Who stays stands on the password that was put in force again. Otherwise it would pass for a stranger's as soon as one of them
 * verifies a contact, and the owner would lose it.
 */
function followPassword(draft: AccountDraft, replaced: number): void {
  const { credentialVersion, live } = draft.account;
  if (credentialVersion === replaced) return;
  for (const session of live.filter((one) => one.credentialVersion === replaced))
    draft.replaceSession({ ...session, credentialVersion });
}

/** Whether the session's holder has given a code to a channel that was verified before. */
function standsOnChannelBefore(account: Account, session: Session, since: Date): boolean {
  const channel = provedChannelOf(account, session);
  const standing = channel && standingOf(account, { channel }, since);
  return standing !== null && standing.since < since;
}
