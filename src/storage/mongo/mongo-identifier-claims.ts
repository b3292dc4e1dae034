import type { Model } from 'mongoose';
import { v4 as uuidv4 } from 'uuid';
import { formerKey, heldUntil, identifierKeys, IdentifierTakenError, kindOfKey } from '../../accounts/index.js';
import type { Clock } from '../../common/index.js';
import { toAccount } from './mongo-documents.js';
import { inTime, isDuplicateKey } from './mongo-errors.js';
import type { IdentifierDocument, UserDocument } from './mongo-account-schemas.js';

/** A claim that was not followed by its commit for this long belongs to a process that has died. */
const ABANDONED_AFTER_MS = 60_000;

/**
 * Unique identifiers without a transaction. Before it comes here an account lists the key as `claiming`; afterwards it moves
 * the key into itself by a commit that still finds it there. So whoever meets a claim can tell whether it is meant.
 */
export class MongoIdentifierClaims {
  constructor(
    private readonly identifiers: Model<IdentifierDocument>,
    private readonly users: Model<UserDocument>,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the user the holder of the keys. Throws `IdentifierTakenError`; what it had claimed until then stays, for
   * another change of the same account may count on it, and whoever meets a claim that is not meant takes it over.
   */
  async claim(userId: string, keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      if (await this.claimOne(userId, key)) continue;
      throw new IdentifierTakenError(kindOfKey(key));
    }
  }

  /** The user's claims of the keys, as they stand now: what `release` takes. */
  async read(userId: string, keys: readonly string[]): Promise<IdentifierDocument[]> {
    return keys.length === 0 ? [] : inTime(this.identifiers.find({ _id: { $in: keys }, userId }).lean());
  }

  /** Gives a claim up, unless it has been renewed since it was read. */
  async release({ _id, nonce }: IdentifierDocument): Promise<void> {
    await inTime(this.identifiers.deleteOne({ _id, nonce }));
  }

  private async claimOne(userId: string, key: string): Promise<boolean> {
    for (;;) {
      const nonce = uuidv4();
      if (await this.insert({ _id: key, userId, nonce })) return true;
      const met = await inTime(this.identifiers.findById(key).lean());
      if (!met) continue;
      if (met.userId !== userId && (await this.isMeant(met))) return false;
      const taken = await inTime(
        this.identifiers.updateOne({ _id: key, nonce: met.nonce }, { $set: { userId, nonce } }),
      );
      if (taken.matchedCount === 1) return true;
    }
  }

  private async insert(claim: IdentifierDocument): Promise<boolean> {
    try {
      await inTime(this.identifiers.create(claim));
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Whether the holder has the identifier, had it lately, or is about to have it. One that began long ago is first relieved of it. */
  private async isMeant({ _id: key, userId }: IdentifierDocument): Promise<boolean> {
    const holder = await inTime(this.users.findById(userId).select({ outbox: 0 }).lean<UserDocument>());
    if (!holder) return false;
    const account = toAccount(holder);
    if (identifierKeys(account).includes(key)) return true;
    const now = this.clock.now();
    if (account.formerIdentifiers.some((one) => formerKey(one) === key && now < heldUntil(one))) return true;
    const claiming = holder.claiming.find((claim) => claim.key === key);
    if (!claiming) return false;
    if (now.getTime() - claiming.at.getTime() < ABANDONED_AFTER_MS) return true;
    const relieved = await inTime(
      this.users.updateOne(
        { _id: userId, version: holder.version },
        { $pull: { claiming: { key } }, $inc: { version: 1 } },
      ),
    );
    return relieved.matchedCount === 0;
  }
}
