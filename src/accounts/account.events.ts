import { v5 as uuidv5 } from 'uuid';
import type { DeviceSummary } from './device.js';
import type { EndedBy, EndedSnapshot, SessionSnapshot } from './session.js';

/** What happened to an account, in the past tense. Carries snapshots without hashes. */
export type AccountEvent = { readonly id: string; readonly userId: string; readonly at: Date } & AccountFact;

export type AccountFact =
  | { readonly type: 'user.created' }
  | { readonly type: 'session.started'; readonly session: SessionSnapshot }
  | { readonly type: 'session.ended'; readonly session: EndedSnapshot }
  /** A newer login from another device took the place of live sessions: once per login, however many it displaced. */
  | { readonly type: 'sessions.displaced'; readonly by: EndedBy }
  /** Somebody other than its holder ended sessions: once per call. `by` is null for an admin or a service. */
  | { readonly type: 'sessions.revoked'; readonly session: EndedSnapshot; readonly by: EndedBy | null }
  /** The right password, but no place under the policy: once per device signature, network and hour. */
  | { readonly type: 'session.refused'; readonly device: DeviceSummary; readonly ip: string }
  /** A device that was neither known nor recognised, on an account that has logged in before. */
  | { readonly type: 'device.first_seen'; readonly session: SessionSnapshot }
  | { readonly type: 'password.changed'; readonly by: EndedBy }
  | { readonly type: 'contact.changed'; readonly channel: 'mobile' | 'email'; readonly by: EndedBy };

const NAMESPACE = '3b0a5a0e-6e0f-4a52-9d0e-2f6f6c0f9a61';

/** Event ids derive from the facts, so that a decision that runs again names the same event. */
export function eventId(type: AccountFact['type'], ...facts: (string | number)[]): string {
  return uuidv5([type, ...facts].join('\n'), NAMESPACE);
}
