import {
  AccountStore,
  formerKey,
  heldUntil,
  IDENTIFIER_KINDS,
  identifierKey,
  identifierKeys,
  kindOfKey,
  IdentifierTakenError,
  NOBODY,
  overdueAt,
  type Account,
  type AccountEvent,
  type Change,
  type Decide,
  type IdentifierKind,
  type Session,
} from '../../accounts/index.js';
import type { Clock } from '../../common/index.js';
import { brokenUnique, type SqliteDatabase, type SqlParams } from './sqlite-database.js';
import { fromDevice, fromSession, fromUser, toAccount } from './sqlite-rows.js';
import type { DeviceRow, SessionRow, TicketRow, UserRow } from './sqlite-columns.js';
import {
  END_SESSION,
  INSERT_EVENT,
  INSERT_TICKET,
  INSERT_USER,
  PUT_DEVICE,
  PUT_SESSION,
  UPDATE_USER,
} from './sqlite-statements.js';

/** Normal tables; a change is one `BEGIN IMMEDIATE` transaction that writes what differs. */
export class SqliteAccountStore extends AccountStore {
  constructor(
    private readonly db: SqliteDatabase,
    private readonly clock: Clock,
  ) {
    super();
  }

  async create(account: Account, events: readonly AccountEvent[]): Promise<void> {
    await this.write(() => {
      this.assertFree(identifierKeys(account), account.id);
      this.db.run(INSERT_USER, userParams(account));
      this.appendEvents(events);
    });
  }

  async change<R>(userId: string, decide: Decide<R>): Promise<R | null> {
    return this.write(() => {
      const account = this.read(userId);
      if (!account) return null;
      const { result, change } = decide(account);
      if (change) this.save(account, change);
      return result;
    });
  }

  async find(userId: string): Promise<Account | null> {
    return this.read(userId);
  }

  async findByIdentifier(kind: IdentifierKind, value: string): Promise<Account | null> {
    const row = this.readByIdentifier(kind, value);
    return row && this.assemble(row);
  }

  async findToProve(
    kind: IdentifierKind,
    value: string,
    keyHashesOf: (userId: string) => readonly string[],
  ): Promise<Account | null> {
    const row = this.readByIdentifier(kind, value);
    const id = row?.id ?? NOBODY;
    const devices = this.db.all<DeviceRow>(FIND_SHOWN, { id, hashes: JSON.stringify(keyHashesOf(id)) });
    return row && toAccount({ ...row, codes: '[]' }, [], devices, []);
  }

  async listToDelete(now: Date, limit: number): Promise<string[]> {
    const rows = this.db.all<{ id: string }>(LIST_TO_DELETE, { now: now.getTime(), limit });
    return rows.map(({ id }) => id);
  }

  /** They are columns of the account, and went with it. */
  async dropIdentifiers(): Promise<void> {}

  private read(userId: string): Account | null {
    const row = this.db.get<UserRow>('SELECT * FROM users WHERE id = :id', { id: userId });
    return row && this.assemble(row);
  }

  private readByIdentifier(kind: IdentifierKind, value: string): UserRow | null {
    const key = { key: identifierKey(kind, value) };
    return (
      this.db.get<UserRow>(`SELECT * FROM users WHERE ${kind}_key = :key`, key) ??
      this.db.get<UserRow>(FIND_FORMER, key)
    );
  }

  private assemble(row: UserRow): Account {
    const of = { id: row.id };
    return toAccount(
      row,
      this.db.all<SessionRow>('SELECT * FROM sessions WHERE user_id = :id AND ended_at IS NULL ORDER BY id', of),
      this.db.all<DeviceRow>('SELECT * FROM devices WHERE user_id = :id ORDER BY id', of),
      this.db.all<TicketRow>('SELECT * FROM tickets WHERE user_id = :id ORDER BY expires_at', of),
    );
  }

  /** Deciders never alter a record: what is another object than before is what they changed. */
  private save(before: Account, { account, ended, events }: Change): void {
    const had = identifierKeys(before);
    this.assertFree(
      identifierKeys(account).filter((key) => !had.includes(key)),
      account.id,
    );
    this.db.run(UPDATE_USER, userParams(account));
    if (account.formerIdentifiers !== before.formerIdentifiers) this.saveFormer(account);
    for (const tombstone of ended) {
      this.db.run(END_SESSION, {
        id: tombstone.id,
        ended_at: tombstone.endedAt.getTime(),
        end_reason: tombstone.endReason,
        ended_by: tombstone.endedBy && JSON.stringify(tombstone.endedBy),
      });
    }
    for (const session of added(before.live, account.live)) this.db.run(PUT_SESSION, sessionParams(session));
    for (const { id } of missing(before.devices, account.devices))
      this.db.run('DELETE FROM devices WHERE id = :id', { id });
    for (const device of added(before.devices, account.devices))
      this.db.run(PUT_DEVICE, fromDevice(account.id, device));
    if (account.tickets !== before.tickets) this.saveTickets(account);
    this.appendEvents(events);
  }

  /** What another account had lately nobody else gets. What an account has now its own column keeps unique. */
  private assertFree(keys: readonly string[], userId: string): void {
    const now = this.clock.now().getTime();
    const held = keys.find((key) => this.db.get(FIND_HELD, { key, user_id: userId, now }));
    if (held) throw new IdentifierTakenError(kindOfKey(held));
  }

  private saveFormer({ id, formerIdentifiers }: Account): void {
    this.db.run('DELETE FROM former_keys WHERE user_id = :id', { id });
    for (const former of formerIdentifiers) {
      const params = { key: formerKey(former), user_id: id, held_until: heldUntil(former).getTime() };
      this.db.run(PUT_FORMER_KEY, params);
    }
  }

  private saveTickets(account: Account): void {
    this.db.run('DELETE FROM tickets WHERE user_id = :id', { id: account.id });
    for (const { hash, expiresAt, credentialVersion, provedBy, vouched, holder, request } of account.tickets) {
      this.db.run(INSERT_TICKET, {
        hash,
        user_id: account.id,
        expires_at: expiresAt.getTime(),
        credential_version: credentialVersion,
        proved_by: provedBy,
        vouched: vouched && JSON.stringify(vouched),
        holder: holder && JSON.stringify(holder),
        request: request && JSON.stringify(request),
      });
    }
  }

  private appendEvents(events: readonly AccountEvent[]): void {
    for (const event of events) {
      const { id, userId, at } = event;
      this.db.run(INSERT_EVENT, { id, user_id: userId, at: at.getTime(), event: JSON.stringify(event) });
    }
  }

  private async write<T>(work: () => T): Promise<T> {
    try {
      return await this.db.transaction(work);
    } catch (error) {
      const taken = IDENTIFIER_KINDS.find((kind) => brokenUnique(error) === `users.${kind}_key`);
      throw taken ? new IdentifierTakenError(taken) : error;
    }
  }
}

const FIND_SHOWN = `
  SELECT * FROM devices WHERE user_id = :id AND key_hash IN (SELECT value FROM json_each(:hashes)) ORDER BY id`;

const FIND_FORMER = 'SELECT users.* FROM former_keys JOIN users ON users.id = user_id WHERE key = :key';

const FIND_HELD = 'SELECT 1 FROM former_keys WHERE key = :key AND user_id <> :user_id AND held_until > :now';

/** In the place of one that another account held too long ago, or that this one had twice. */
const PUT_FORMER_KEY = `
  INSERT INTO former_keys (key, user_id, held_until) VALUES (:key, :user_id, :held_until)
  ON CONFLICT (key) DO UPDATE SET user_id = :user_id, held_until = :held_until`;

const LIST_TO_DELETE = 'SELECT id FROM users WHERE deletes_at <= :now ORDER BY deletes_at LIMIT :limit';

function added<T>(before: readonly T[], after: readonly T[]): T[] {
  return before === after ? [] : after.filter((item) => !before.includes(item));
}

function missing<T extends { id: string }>(before: readonly T[], after: readonly T[]): T[] {
  return before === after ? [] : before.filter(({ id }) => !after.some((item) => item.id === id));
}

function userParams(account: Account): SqlParams {
  const keys = IDENTIFIER_KINDS.map((kind) => {
    const value = account[kind];
    return [`${kind}_key`, value === null ? null : identifierKey(kind, value)] as const;
  });
  return { ...fromUser(account), ...Object.fromEntries(keys) };
}

function sessionParams(session: Session): SqlParams {
  return { ...fromSession(session), due_at: overdueAt(session).getTime() };
}
