import {
  asEndedBy,
  eventId,
  unverifyContacts,
  type AccountDraft,
  type ContactChannel,
  type Session,
} from '../accounts/index.js';
import { endSessions } from '../sessions/index.js';

/**
 * The person has proved in this session that a mobile or an e-mail of the account is theirs; `codeId` is that of the proof. The first such
 * proof ends every other session. It takes the standing of the devices that came after the contact: whoever registered somebody
 * else's number has the oldest device. A password that this session does not stand on was set by somebody who has not proved it, a squatter
 * perhaps: it goes, and so does what its owner verified. Without a password there was nobody who could have logged in to squat.
 */
export function verifyContact(draft: AccountDraft, session: Session, channel: ContactChannel, codeId: string): void {
  const { account, now } = draft;
  if (account[`${channel}VerifiedAt`] === null) {
    const strange = account.passwordHash !== null && session.credentialVersion !== account.credentialVersion;
    if (strange) dropStrangersCredentials(draft, session);
    const addedAt = account[`${channel}AddedAt`] ?? account.createdAt;
    for (const device of account.devices)
      if (device.id !== session.device.id && (strange || device.firstSeenAt >= addedAt)) draft.takeStanding(device);
    endSessions(draft, { reason: strange ? 'password_changed' : 'revoked', which: ({ id }) => id !== session.id });
    draft.emit(eventId('contact.verified', codeId), { type: 'contact.verified', channel });
  }
  draft.set({
    [`${channel}VerifiedAt`]: draft.account[`${channel}VerifiedAt`] ?? now,
    [`${channel}Since`]: draft.account[`${channel}Since`] ?? now,
  });
}

function dropStrangersCredentials(draft: AccountDraft, session: Session): void {
  unverifyContacts(draft);
  const credentialVersion = draft.account.credentialVersion + 1;
  const id = eventId('password.changed', draft.account.id, credentialVersion);
  draft.emit(id, { type: 'password.changed', by: asEndedBy(session) });
  draft.set({ passwordHash: null, formerPassword: null, credentialVersion, tickets: [], distrustedSince: null });
  draft.replaceSession({ ...session, credentialVersion });
}
