import type { Model, UpdateQuery } from 'mongoose';
import { v4 as uuidv4 } from 'uuid';
import {
  AccountStore,
  formerKey,
  identifierKey,
  identifierKeys,
  isHeldForSure,
  deletionDueAt,
  newAccount,
  NOBODY,
  overdueAt,
  type Account,
  type AccountEvent,
  type Change,
  type Decide,
  type IdentifierKind,
} from '../../accounts/index.js';
import { StoreUnavailableError, type Clock } from '../../common/index.js';
import { ConflictError, retryUntilDeadline } from '../retry.js';
import { ACCOUNT_FIELDS, toAccount, toOutboxEntry } from './mongo-documents.js';
import { asUnavailable, inTime, isUnreachable, OPERATION_TIMEOUT, reachable } from './mongo-errors.js';
import type { MongoIdentifierClaims } from './mongo-identifier-claims.js';
import type { IdentifierDocument, UserDocument } from './mongo-account-schemas.js';

/** Commits whose ids a document remembers. */
const REMEMBERED_COMMITS = 20;

/** What there may be many of. */
const WITHOUT_LISTS = { live: [], devices: [], tickets: [], codes: [] };

const TO_PROVE = Object.fromEntries(
  [...ACCOUNT_FIELDS.filter((field) => !(field in WITHOUT_LISTS)), 'pending', 'formerContacts'].map((field) => [
    field,
    1,
  ]),
);

interface Run<R> {
  readonly userId: string;
  readonly decide: Decide<R>;
  readonly commitId: string;
  /** Whether the account may still be pending: true for its creation alone. */
  readonly pending: boolean;
  /** What was last sent to be committed, and the version it was to follow, while it is not known whether it was. */
  sent: { readonly result: R; readonly version: number } | null;
}

/**
 * One document is the account; a change is one `updateOne` that compares and sets its version, events included.
 * No transaction: a standalone server, a replica set and a sharded cluster behave alike.
 */
export class MongoAccountStore extends AccountStore {
  constructor(
    private readonly users: Model<UserDocument>,
    private readonly identifiers: Model<IdentifierDocument>,
    private readonly claims: MongoIdentifierClaims,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** The document comes first, pending, for a claim must name an account that can be asked whether it is meant. */
  async create(account: Account, events: readonly AccountEvent[]): Promise<void> {
    const { id: _id, ...blank } = newAccount(account.id, account.createdAt, {});
    const document = { _id, ...blank, version: 1, commits: [], pending: true, claiming: [], seen: {}, outbox: [] };
    await reachable(this.users.create(document));
    const decision = { result: {}, change: { account, ended: [], events } };
    try {
      await this.run({ userId: _id, decide: () => decision, commitId: uuidv4(), pending: true, sent: null });
    } catch (error) {
      // Best effort: a pending document that stays behind can do nothing, and its claims are taken over.
      await inTime(this.users.deleteOne({ _id, pending: true })).catch(() => undefined);
      throw error;
    }
  }

  async change<R>(userId: string, decide: Decide<R>): Promise<R | null> {
    return this.run({ userId, decide, commitId: uuidv4(), pending: false, sent: null });
  }

  async find(userId: string): Promise<Account | null> {
    const document = await asUnavailable(this.read(userId));
    return document && !document.pending ? toAccount(document) : null;
  }

  async findByIdentifier(kind: IdentifierKind, value: string): Promise<Account | null> {
    const key = identifierKey(kind, value);
    const claim = await reachable(this.identifiers.findById(key).lean());
    const account = claim && (await this.find(claim.userId));
    return account && allKeys(account).includes(key) ? account : null;
  }

  async findToProve(
    kind: IdentifierKind,
    value: string,
    keyHashesOf: (userId: string) => readonly string[],
  ): Promise<Account | null> {
    const key = identifierKey(kind, value);
    const claim = await reachable(this.identifiers.findById(key).lean());
    const userId = claim?.userId ?? NOBODY;
    const isShown = { $in: ['$$this.keyHash', keyHashesOf(userId)] };
    const fields = { ...TO_PROVE, devices: { $filter: { input: '$devices', cond: isShown } } };
    const document = await asUnavailable(inTime(this.users.findById(userId).select(fields).lean<UserDocument>()));
    if (!document || document.pending) return null;
    const account = toAccount({ ...WITHOUT_LISTS, ...document });
    return allKeys(account).includes(key) ? account : null;
  }

  async listToDelete(now: Date, limit: number): Promise<string[]> {
    const due = this.users.find({ deletesAt: { $lte: now } }, { _id: 1 });
    const documents = await reachable(due.sort({ deletesAt: 1 }).limit(limit).lean<{ _id: string }[]>());
    return documents.map(({ _id }) => _id);
  }

  async dropIdentifiers(userId: string): Promise<void> {
    const account = await this.find(userId);
    if (account?.deletedAt) await reachable(this.identifiers.deleteMany({ userId }));
  }

  private async read(userId: string): Promise<UserDocument | null> {
    return inTime(this.users.findById(userId).select({ outbox: 0 }).lean<UserDocument>());
  }

  private run<R>(run: Run<R>): Promise<R | null> {
    const again = (error: unknown) => error instanceof ConflictError || (run.sent !== null && isUnreachable(error));
    return asUnavailable(retryUntilDeadline(again, () => this.attempt(run), { patience: OPERATION_TIMEOUT }));
  }

  private async attempt<R>(run: Run<R>): Promise<R | null> {
    const document = await this.read(run.userId);
    if (!document || (document.pending && !run.pending)) return null;
    if (run.sent && document.commits.includes(run.commitId)) {
      await this.confirm({ _id: run.userId, commits: run.commitId });
      return run.sent.result;
    }
    // Too many others have committed since for the document to remember whether this one was.
    if (run.sent && document.version - run.sent.version > REMEMBERED_COMMITS) throw new StoreUnavailableError();
    run.sent = null;
    const before = toAccount(document);
    const decision = run.decide(before);
    if (!decision.change) {
      // "It has ended already" is an acknowledgement too: it must not rest on what this primary has alone.
      await this.confirm({ _id: run.userId });
      return decision.result;
    }
    const wanted = difference(identifierKeys(decision.change.account), this.ownKeys(before));
    const unclaimed = wanted.filter(
      (key) => !document.claiming.some((claim) => claim.key === key && claim.by === run.commitId),
    );
    if (unclaimed.length > 0) {
      await this.claim(document, unclaimed, run.commitId);
      throw new ConflictError('read again, with the identifiers claimed');
    }
    const left = difference(allKeys(before), allKeys(decision.change.account));
    const dropped = await this.claims.read(run.userId, left);
    run.sent = { result: decision.result, version: document.version };
    await this.commit(document, before, decision.change, run.commitId, wanted);
    for (const claim of dropped) await this.claims.release(claim).catch(() => undefined);
    return decision.result;
  }

  /** What the account has, and what it may have back: nobody else can have claimed these. */
  private ownKeys(account: Account): string[] {
    const now = this.clock.now();
    const former = account.formerIdentifiers.filter((one) => isHeldForSure(one, now));
    return [...identifierKeys(account), ...former.map(formerKey)];
  }

  /**
   * What a read finds, this primary may have alone, and it goes with it. A write that changes nothing is answered once the
   * majority has all that was written before it.
   */
  private async confirm(read: { readonly _id: string; readonly commits?: string }): Promise<void> {
    const nothing = this.users.updateOne(read, { $set: { pending: false } });
    const { matchedCount } = await inTime(nothing.exec());
    if (matchedCount === 0) throw new ConflictError('undone, removed, or followed by many others');
  }

  private async claim(document: UserDocument, keys: readonly string[], by: string): Promise<void> {
    const at = this.clock.now();
    await this.compareAndSet(document, { $push: { claiming: { $each: keys.map((key) => ({ key, at, by })) } } });
    try {
      await this.claims.claim(document._id, keys);
    } catch (error) {
      // Best effort: what stays in the list for over a minute is taken out by whoever wants the value.
      const relief = { $pull: { claiming: { key: { $in: keys }, by } }, $inc: { version: 1 } };
      await inTime(this.users.updateOne({ _id: document._id }, relief).exec()).catch(() => undefined);
      throw error;
    }
  }

  private async commit(
    document: UserDocument,
    before: Account,
    change: Change,
    commitId: string,
    claimed: readonly string[],
  ): Promise<void> {
    const { account, ended, events } = change;
    const changed = ACCOUNT_FIELDS.filter((field) => account[field] !== before[field]);
    const deletesAt = deletionDueAt(account);
    const due = account.live.map((session) => overdueAt(session).getTime());
    const update: UpdateQuery<UserDocument> = {
      $set: {
        pending: false,
        ...Object.fromEntries(changed.map((field) => [field, account[field]])),
        ...(deletesAt && { deletesAt }),
        ...(due.length > 0 && { dueAt: new Date(Math.min(...due)) }),
        ...(claimed.length > 0 && { claiming: document.claiming.filter(({ key }) => !claimed.includes(key)) }),
        ...(account.deletedAt && { claiming: [] }),
      },
      $unset: {
        ...(due.length === 0 && { dueAt: 1 }),
        ...(!deletesAt && { deletesAt: 1 }),
        ...Object.fromEntries(ended.map(({ id }) => [`seen.${id}`, 1])),
      },
      $push: {
        outbox: { $each: events.map((event) => toOutboxEntry(event, ended)) },
        commits: { $each: [commitId], $slice: -REMEMBERED_COMMITS },
      },
      ...(events[0] && { $min: { pendingSince: events[0].at } }),
    };
    await this.compareAndSet(document, update);
  }

  private async compareAndSet({ _id, version }: UserDocument, update: UpdateQuery<UserDocument>): Promise<void> {
    const sent = this.users.updateOne({ _id, version }, { ...update, $inc: { version: 1 } });
    const { matchedCount } = await inTime(sent.exec());
    if (matchedCount === 0) throw new ConflictError('another commit came between');
  }
}

/** All keys that the account has claimed. */
function allKeys(account: Account): string[] {
  return [...identifierKeys(account), ...account.formerIdentifiers.map(formerKey)];
}

function difference(keys: readonly string[], others: readonly string[]): string[] {
  return keys.filter((key) => !others.includes(key));
}
