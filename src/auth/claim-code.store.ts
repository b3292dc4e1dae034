/** A code that was sent to a mobile or an e-mail which is on no account yet, or on somebody else's. */
export interface ClaimCode {
  /** SHA-256 of the request that it was sent for. */
  readonly requestHash: string;
  /** SHA-256 of the mailbox: the contact itself is kept nowhere. */
  readonly contactHash: string;
  /** Of its six digits. */
  readonly hash: string;
  readonly triesLeft: number;
  readonly expiresAt: Date;
}

/** Codes that belong to a contact and to no account. */
export abstract class ClaimCodeStore {
  /** Adds it, and drops those that have expired at `now`. */
  abstract add(code: ClaimCode, now: Date): Promise<void>;

  /** Counts a try, exactly, and returns the code as it was; null where there is none, or it has expired or no try left. */
  abstract countTry(requestHash: string, now: Date): Promise<ClaimCode | null>;

  /** Removes it, if it is there. */
  abstract drop(requestHash: string): Promise<void>;
}
