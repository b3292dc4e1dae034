import { randomUUID } from 'node:crypto';
import type { Accounts } from '../accounts/index.js';
import { aSession, anAccount, at } from '../../test/support/records.js';
import { Clock } from '../common/index.js';
import type { SessionActivity } from './session-activity.service.js';
import type { SessionStore } from './session.store.js';
import { issueToken } from './session.token.js';
import { SessionValidator } from './session-validator.service.js';

describe('SessionValidator', () => {
  it('lets nobody in whose session is gone once its timeout has been committed', async () => {
    const [userId, id] = [randomUUID(), randomUUID()];
    const { token, hash } = issueToken(userId, id);
    const found = [{ user: anAccount(), session: aSession({ id, userId, tokenHash: hash, expiresAt: at(-1) }) }];
    const sessions = { find: async () => found.pop() ?? null } as unknown as SessionStore;
    const accounts = { changeIfThere: async () => ({}) } as unknown as Accounts;
    const activity = { flush: async () => undefined } as SessionActivity;
    const validator = new SessionValidator(sessions, accounts, activity, new Clock());
    expect(await validator.validate(token)).toEqual({ active: false, ended: null });
  });
});
