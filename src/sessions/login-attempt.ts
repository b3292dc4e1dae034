import type { Actor, LoginRequest, Ticket } from '../accounts/index.js';
import type { PresentedDevice } from '../devices/index.js';
import type { SessionPolicy } from './session.policy.js';

/** All that a login brings along. Ids and hashes are fixed before the store runs the decision, so that it may run twice. */
export interface LoginAttempt {
  readonly now: Date;
  readonly actor: Actor;
  readonly sessionId: string;
  readonly tokenHash: string;
  readonly ip: string;
  readonly userAgent: string;
  readonly device: PresentedDevice;
  readonly proof: LoginProof;
  readonly policy: SessionPolicy;
  /** Handed out where the policy asks somebody first. */
  readonly ticket: Pick<Ticket, 'hash' | 'vouched'>;
  /** Under `approve`: what the waiting device shows, and what the approving one picks from. */
  readonly numbers: Pick<LoginRequest, 'number' | 'numbers'>;
  readonly takeover: Takeover | null;
  /** A service vouches that may not log administrators in. */
  readonly sparesAdmins: boolean;
}

export interface Takeover {
  readonly ticketHash: string;
  readonly end: readonly string[];
}

/** How the person proved who they are. */
export type LoginProof =
  /** `credentialVersion` is that of the password in force. `former`: not that one was verified, but the one before it. */
  | { readonly kind: 'password'; readonly credentialVersion: number; readonly former?: boolean }
  /** `codeId` is that of the code that was right. */
  | { readonly kind: 'code'; readonly codeId: string }
  /** A service has authenticated the person. */
  | { readonly kind: 'vouched' }
  /** A ticket, got with any of these. */
  | { readonly kind: 'ticket' };
