import { eventId, type AccountDraft, type ContactChannel, type Session } from '../accounts/index.js';
import { endSessions } from '../sessions/index.js';

/**
 * The person has proved in this session that a mobile or an e-mail of the account is theirs; `codeId` is that of the proof. The first such
 * proof ends every other session, and takes the standing of the devices that came after the contact: whoever registered somebody
 * else's number has the oldest device. `strange`: so were the password and whatever was done by it, so no other device keeps its standing.
 */
export function verifyContact(
  draft: AccountDraft,
  session: Session,
  channel: ContactChannel,
  codeId: string,
  strange = false,
): void {
  const { account, now } = draft;
  if (account[`${channel}VerifiedAt`] === null) {
    const addedAt = account[`${channel}AddedAt`] ?? account.createdAt;
    for (const device of account.devices)
      if (device.id !== session.device.id && (strange || device.firstSeenAt >= addedAt)) draft.takeStanding(device);
    endSessions(draft, { reason: strange ? 'password_changed' : 'revoked', which: ({ id }) => id !== session.id });
    draft.emit(eventId('contact.verified', codeId), { type: 'contact.verified', channel });
  }
  draft.set({
    [`${channel}VerifiedAt`]: account[`${channel}VerifiedAt`] ?? now,
    [`${channel}Since`]: account[`${channel}Since`] ?? now,
  });
}
