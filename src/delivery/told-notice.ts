import type { AccountEvent, Standing, Telling, VerifiedContacts } from '../accounts/index.js';
import { noticeOf, type Notification } from '../notifications/index.js';
import { isTold } from './notice.phrases.js';

/** A notice that leaves the inbox, as it waits in a delivery. Where a commit has changed several things, it says all of them. */
export interface ToldNotice extends Notification {
  /** None where its kind says it all, and in deliveries of version 0.1.0. */
  readonly telling?: Telling;
  /** Contacts that hear of it although what it tells has taken their proof. */
  readonly unverified?: VerifiedContacts;
  /** Of a new device: it has taken the place of other sessions. */
  readonly displaced?: boolean;
}

/** The notice of the event, if a message goes out with it. */
export function toldNoticeOf(event: AccountEvent): ToldNotice | null {
  // One login is one message: that of the new device says what else it has done.
  const isToldElsewhere = event.telling?.first === false || (event.type === 'sessions.displaced' && event.newDevice);
  return isToldElsewhere ? null : anyNoticeOf(event);
}

/** As `toldNoticeOf`, also where the message to the other channels goes out with another event of the same commit. */
export function anyNoticeOf(event: AccountEvent): ToldNotice | null {
  const notice = noticeOf(event);
  if (!notice || !isTold(notice.kind)) return null;
  const { telling } = event;
  const unverified = event.type === 'password.changed' ? event.unverified : undefined;
  const displaced = event.type === 'device.first_seen' && event.displaced === true;
  return { ...notice, ...(telling && { telling }), ...(unverified && { unverified }), ...(displaced && { displaced }) };
}

/** With which standing that was done which the notice tells; null where that is not known. */
export function standingBehind({ telling }: ToldNotice): Standing | null {
  return telling?.by ?? null;
}

/** A notice as it was put into a delivery. */
export function reviveNotice({ telling, ...notice }: ToldNotice): ToldNotice {
  const revived = { ...notice, createdAt: new Date(notice.createdAt) };
  if (!telling) return revived;
  const by = telling.by && { ...telling.by, since: new Date(telling.by.since) };
  return { ...revived, telling: { ...telling, by } };
}
