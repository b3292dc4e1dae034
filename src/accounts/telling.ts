import { TOLD_CHANGES, type AccountEvent, type AccountFact, type ToldChange } from './account.events.js';
import type { Account } from './account.js';
import type { ContactChannel } from './session.js';
import type { Standing } from './standing.js';

/** Null for what the inbox alone is told of, and for what no notice is made of. */
export function toldChangeOf(fact: AccountFact): ToldChange | null {
  switch (fact.type) {
    case 'user.recovery_link_made':
      return 'recovery_link_made';
    case 'password.changed':
      return 'password_changed';
    case 'contact.changed':
      if (fact.keptById) return 'email_collided';
      return `${fact.channel}_${fact.by ? 'changed' : 'claimed'}`;
    case 'username.changed':
      return 'username_changed';
    case 'deletion.requested':
      return 'deletion_requested';
    case 'deletion.cancelled':
      return 'deletion_cancelled';
    case 'export.requested':
      return 'export_requested';
    case 'export.cancelled':
      return 'export_cancelled';
    default:
      return null;
  }
}

/** The events of one commit. The message goes out with the gravest, in whose name it can be reported. */
export function withTelling(events: readonly AccountEvent[], by: Standing | null): readonly AccountEvent[] {
  const changes = TOLD_CHANGES.filter((change) => events.some((event) => toldChangeOf(event) === change));
  const first = events.find((event) => toldChangeOf(event) === changes[0]);
  return events.map((event) =>
    toldChangeOf(event) ? { ...event, telling: { changes, first: event === first, by } } : event,
  );
}

/** Where a person is told what every channel hears of. */
export function verifiedContacts({
  mobile,
  mobileVerifiedAt,
  email,
  emailVerifiedAt,
}: Account): Record<ContactChannel, string | null> {
  return { mobile: mobileVerifiedAt && mobile, email: emailVerifiedAt && email };
}
