import { Injectable } from '@nestjs/common';
import { AccountStore, cleanIdentifier, normalizeEmail } from '../accounts/index.js';
import { Throttle, type Subject, type WindowRule } from '../auth/index.js';
import { isUsername, type Person } from '../users/index.js';

/** A person looks somebody up now and then; who tries names out one after the other wants to know whose there are. */
const lookUpSubject = (userId: string): Subject<WindowRule> => ({
  name: `look-up:${userId}`,
  rule: { kind: 'window', limit: 30, window: 600_000 },
});

/** As no username is. */
export function isEmail(text: string): boolean {
  return text.includes('@');
}

/** Finds the one person whom somebody can name. */
@Injectable()
export class ExactMatch {
  constructor(
    private readonly accounts: AccountStore,
    private readonly throttle: Throttle,
  ) {}

  /**
   * Who has exactly this username or e-mail, without regard to case; null where nobody has it, or where one cannot write to them.
   * Throws `TooManyRequestsError` for more than 30 in ten minutes by one person, found or not.
   */
  async find(userId: string, text: string): Promise<Person | null> {
    const [kind, value] = isEmail(text)
      ? (['email', normalizeEmail(text)] as const)
      : (['username', cleanIdentifier(text)] as const);
    if (kind === 'username' && !isUsername(value)) return null;
    await this.throttle.use(lookUpSubject(userId));
    const account = await this.accounts.findByIdentifier(kind, value);
    const isThere = account !== null && !account.deletedAt && !account.lockedAt && account.id !== userId;
    return isThere ? account : null;
  }
}
