import { Injectable } from '@nestjs/common';
import { SYSTEM, type Account } from '../accounts/index.js';
import { AuditLog } from '../audit/index.js';
import { Clock, networkOf } from '../common/index.js';

const HOUR_MS = 3_600_000;

/** Puts logins with a wrong password or code on record. */
@Injectable()
export class FailedLogins {
  constructor(
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * One entry for an account, a network and an hour, and one an hour for all names that no account has: a stranger may try as many
   * as they like, and what they tried may be somebody's.
   */
  record(account: Pick<Account, 'id' | 'deletedAt'> | null, ip: string): Promise<void> {
    const hour = Math.floor(this.clock.now().getTime() / HOUR_MS);
    const fact = { type: 'login.failed', actor: SYSTEM };
    if (!account || account.deletedAt) return this.audit.recordCounted({ ...fact, details: {} }, hour);
    const known = { ...fact, userId: account.id, details: { ip } };
    return this.audit.recordCounted(known, account.id, networkOf(ip, { v4: 24, v6: 48 }), hour);
  }
}
