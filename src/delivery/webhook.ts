import { randomBytes } from 'node:crypto';
import type { AccountEvent, SessionSnapshot } from '../accounts/index.js';

/** The events that a webhook can ask for. */
export const WEBHOOK_EVENTS = [
  'user.created',
  'user.deleted',
  'session.started',
  'session.ended',
  'session.refused',
  'device.first_seen',
  'device.reported',
  'password.changed',
  'username.changed',
  'deletion.requested',
  'deletion.cancelled',
  'export.requested',
  'export.cancelled',
] as const;

export const ALL_EVENTS = '*';
export const WEBHOOK_FILTERS = [ALL_EVENTS, ...WEBHOOK_EVENTS] as const;
export type WebhookFilter = (typeof WEBHOOK_FILTERS)[number];

/** A target that an administrator has registered. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** In clear, for every request is signed with it. */
  readonly secret: string;
  readonly events: readonly WebhookFilter[];
  /** While it is off, nothing is added for it and nothing sent. */
  readonly enabled: boolean;
  readonly createdAt: Date;
  /** Secrets that were rotated, the newest first. Each signs as well until its time is over, and is forgotten then. */
  readonly formerSecrets: readonly FormerSecret[];
  /** When the receiver answered 410 Gone, which turned it off; null where it did not, or was turned on again. */
  readonly goneAt: Date | null;
}

export interface FormerSecret {
  readonly secret: string;
  readonly until: Date;
}

/** For so long a secret that was rotated still signs, in ms: receivers take either meanwhile. */
export const FORMER_SECRET_MS = 86_400_000;

/** Those that sign as well. */
export function validFormerSecrets({ formerSecrets }: Pick<Webhook, 'formerSecrets'>, now: Date): FormerSecret[] {
  return formerSecrets.filter(({ until }) => now < until);
}

export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** The body that the webhook gets of the event, without hashes as all events are; null where it did not ask for it. */
export function webhookPayload({ events }: Webhook, event: AccountEvent): object | null {
  const { id: _, type, at: timestamp, telling: __, ...facts } = event;
  // Contacts are for those alone who send to them.
  const { unverified: ___, ...data } = 'unverified' in facts ? facts : { ...facts, unverified: null };
  const known = (WEBHOOK_EVENTS as readonly string[]).includes(type);
  const wanted = events.some((filter) => filter === ALL_EVENTS || filter === type);
  return known && wanted ? { type, timestamp, data: withoutInternals(data) } : null;
}

/** Which password a session stands on is nobody's business. */
function withoutInternals<T extends object>(data: T): object {
  if (!('session' in data) || !data.session) return data;
  const { credentialVersion: _, ...session } = data.session as SessionSnapshot;
  return { ...data, session };
}
