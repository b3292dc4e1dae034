import { v5 as uuidv5 } from 'uuid';
import type { Actor } from './actor.js';
import type { DeviceSummary } from './device.js';
import type { IdentifierKind } from './identifier.js';
import type { Role } from './account.js';
import type { ActedBy, ContactChannel, EndedBy, EndedSnapshot, SessionSnapshot } from './session.js';
import type { Standing } from './standing.js';

/** What every verified channel of the person is told of: a change of what the account rests on, and what is about to be lost or handed out. The gravest first. */
export const TOLD_CHANGES = [
  'recovery_link_made',
  'password_changed',
  'mobile_changed',
  'email_changed',
  'mobile_claimed',
  'email_claimed',
  'email_collided',
  'username_changed',
  'deletion_requested',
  'export_requested',
  'deletion_cancelled',
  'export_cancelled',
] as const;
export type ToldChange = (typeof TOLD_CHANGES)[number];

/** What one commit has changed, which each channel hears in one message. Its events carry it alike. */
export interface Telling {
  readonly changes: readonly ToldChange[];
  /** Whether the message goes out with this event. The other events of the commit send none, except to a contact that they took away. */
  readonly first: boolean;
  /** Of whoever has changed it, as it was then: a channel of a higher one may undo it. Null where no standing was needed. */
  readonly by: Standing | null;
}

/** The mobile and the e-mail of an account, as far as they are verified. */
export type VerifiedContacts = Readonly<Record<ContactChannel, string | null>>;

/** What happened to an account, in the past tense, and who brought it about. Carries snapshots without hashes. */
export type AccountEvent = {
  readonly id: string;
  readonly userId: string;
  readonly at: Date;
  readonly actor: Actor;
  /** With what every channel of the person is told of; events of version 0.1.0 have none. */
  readonly telling?: Telling;
} & AccountFact;

export type AccountFact =
  | { readonly type: 'user.created' }
  | { readonly type: 'user.locked' }
  | { readonly type: 'user.unlocked' }
  /** The help desk has made a link by which somebody can set a new password. */
  | { readonly type: 'user.recovery_link_made' }
  | { readonly type: 'user.role_changed'; readonly role: Role }
  /** The last event of an account: whoever keeps something of the person erases it. */
  | { readonly type: 'user.deleted' }
  | { readonly type: 'session.started'; readonly session: SessionSnapshot }
  | { readonly type: 'session.ended'; readonly session: EndedSnapshot }
  /**
   * A newer login from another device took the place of live sessions: once per login, however many it displaced. `newDevice`: by a device
   * that was not seen before, which `device.first_seen` of the same login tells.
   */
  | { readonly type: 'sessions.displaced'; readonly by: EndedBy; readonly newDevice?: boolean }
  /** Somebody other than its holder ended sessions: once per call. `by` is null for an admin or a service. */
  | { readonly type: 'sessions.revoked'; readonly session: EndedSnapshot; readonly by: EndedBy | null }
  /** A token was used long after another one had taken its place: somebody else holds one of them. The session has ended for it. */
  | { readonly type: 'token.reused'; readonly session: SessionSnapshot }
  /** The right password, but no place under the policy: once per device signature, network and hour. */
  | { readonly type: 'session.refused'; readonly device: DeviceSummary; readonly ip: string }
  /** A device that was neither known nor recognised, on an account that has logged in before. `displaced`: it took the place of others. */
  | { readonly type: 'device.first_seen'; readonly session: SessionSnapshot; readonly displaced?: boolean }
  /** One that was recognised without proof, and took a place of its own: once per network and day. */
  | { readonly type: 'login.unproven'; readonly session: SessionSnapshot }
  /** Somebody has let the account forget a device, which counts as a new one from now on. */
  | { readonly type: 'device.forgotten'; readonly deviceId: string; readonly by: EndedBy }
  /**
   * "This wasn't me." `notificationId` is null where the person reported without a notice. `session` is the one that the
   * notice warns of; null for a refused login, which opened none.
   */
  | {
      readonly type: 'device.reported';
      readonly notificationId: string | null;
      readonly session: SessionSnapshot | null;
    }
  /** A login that waits for a live device to agree. */
  | {
      readonly type: 'login.requested';
      readonly requestId: string;
      readonly device: DeviceSummary;
      readonly ip: string;
      /** To pick from: the one that the waiting device shows is among them. Absent in an event of version 0.1.0. */
      readonly numbers?: readonly number[];
      readonly expiresAt: Date;
    }
  | { readonly type: 'login.decided'; readonly requestId: string; readonly approved: boolean }
  /**
   * `by` names no session where a code recovered the account, and is null where a link of the help desk did, or a code under version 0.1.0.
   * `unverified`: contacts that such a link has taken the proof of. They hear of it all the same.
   */
  | { readonly type: 'password.changed'; readonly by: ActedBy | null; readonly unverified?: VerifiedContacts }
  | { readonly type: 'contact.verified'; readonly channel: ContactChannel }
  /**
   * `previous` is what was in its place, if that had been verified. `by` is null where somebody has claimed it for another account, by a
   * code to it. `keptById`: nobody has claimed it, but that account has the same one in another spelling.
   */
  | {
      readonly type: 'contact.changed';
      readonly channel: ContactChannel;
      readonly previous: string | null;
      readonly by: EndedBy | null;
      readonly keptById?: string;
    }
  /** It carries neither name, for webhooks and the audit record outlive the account. */
  | { readonly type: 'username.changed'; readonly by: EndedBy }
  /** What somebody with a lower standing had put on the account is off it, and what was there before is back. */
  | { readonly type: 'identifiers.restored'; readonly kinds: readonly IdentifierKind[] }
  /** Asked for by a device that is not settled: it waits until then. */
  | { readonly type: 'deletion.requested'; readonly deletesAt: Date; readonly by: EndedBy }
  | { readonly type: 'export.requested'; readonly availableAt: Date; readonly by: EndedBy }
  /** All that is kept of the person begins to go out. */
  | { readonly type: 'export.handed_out'; readonly by: EndedBy }
  /** `by` is null where no session has cancelled it: after a recovery, a report without one, or by the service itself. */
  | { readonly type: 'deletion.cancelled' | 'export.cancelled'; readonly by: EndedBy | null };

const NAMESPACE = '3b0a5a0e-6e0f-4a52-9d0e-2f6f6c0f9a61';

/** Event ids derive from the facts, so that a decision that runs again names the same event. */
export function eventId(type: AccountFact['type'], ...facts: (string | number)[]): string {
  return uuidv5([type, ...facts].join('\n'), NAMESPACE);
}
