import { Injectable } from '@nestjs/common';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import type { Actor } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import type { AuditEntry } from './audit.entry.js';
import { AuditStore, type AuditQuery } from './audit.store.js';

/** What an hour brought. */
export interface HourlyCounts {
  /** Its beginning. */
  readonly hour: Date;
  readonly logins: number;
  readonly displacements: number;
  readonly refusals: number;
}

/** What is to be recorded beside the events of accounts. */
export interface AuditFact {
  readonly type: string;
  readonly actor: Actor;
  readonly userId?: string | null;
  /** Ids, addresses, reasons and numbers; never a name, a contact or a secret. */
  readonly details: Readonly<Record<string, unknown>>;
}

const HOUR_MS = 3_600_000;

/** The namespace of ids that derive from a key. */
const COUNTED = 'f4bb1a55-43d0-4bd3-9a3c-2a4e3c8a7a4d';

@Injectable()
export class AuditLog {
  constructor(
    private readonly store: AuditStore,
    private readonly clock: Clock,
  ) {}

  /**
   * For what is no event of an account. Called before it takes effect: a change that then fails is recorded too, but none is
   * made that is not. Written when it returns.
   */
  async record({ userId = null, ...fact }: AuditFact): Promise<void> {
    await this.store.add({ id: uuidv7(), at: this.clock.now(), userId, ...fact });
  }

  /**
   * As `record`, for what strangers can bring about as often as they like: what comes under one key is one entry, with how often it came
   * as `count`. The rest of the entry is that of the first time.
   */
  async recordCounted({ userId = null, ...fact }: AuditFact, ...key: (string | number)[]): Promise<void> {
    const id = uuidv5([fact.type, ...key].join('\n'), COUNTED);
    await this.store.addUp({ id, at: this.clock.now(), userId, ...fact });
  }

  /** Newest first. Reads one more than `limit`. */
  list(query: AuditQuery): Promise<AuditEntry[]> {
    return this.store.list({ ...query, limit: query.limit + 1 });
  }

  /** The last so many hours, the one that is running first. */
  async countByHour(hours: number): Promise<HourlyCounts[]> {
    const running = Math.floor(this.clock.now().getTime() / HOUR_MS);
    const counts: HourlyCounts[] = [];
    for (let hour = running; hour > running - hours; hour--) {
      const [from, to] = [new Date(hour * HOUR_MS), new Date((hour + 1) * HOUR_MS)];
      const [logins, displacements, refusals] = await Promise.all([
        this.store.count('session.started', from, to),
        this.store.count('sessions.displaced', from, to),
        this.store.count('session.refused', from, to),
      ]);
      counts.push({ hour: from, logins, displacements, refusals });
    }
    return counts;
  }
}
