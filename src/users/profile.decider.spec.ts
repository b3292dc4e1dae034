import { describe, expect, it } from '@jest/globals';
import { anAccount, aSession, at, NOW } from '../../test/support/records.js';
import { decideProfileChange } from './profile.decider.js';

describe('a contact that is replaced without a code to it', () => {
  it('stays good for two weeks, however many verified ones come and go after it', () => {
    const session = aSession({ expiresAt: at(86_400), provedAt: NOW, provedBy: 'password' });
    const since = at(-86_400);
    let account = anAccount({ live: [session], mobile: '+919812345678', mobileVerifiedAt: since, mobileSince: since });
    for (let i = 0; i < 12; i++) {
      const now = at(i);
      const patch = { mobile: `+9198123456${10 + i}` };
      const { change } = decideProfileChange(account, { now, sessionId: session.id, proof: null, patch });
      account = { ...change!.account, mobileVerifiedAt: now, mobileSince: now };
    }
    expect(account.formerContacts).toHaveLength(10);
    expect(account.formerContacts[0]).toEqual({
      channel: 'mobile',
      contact: '+919812345678',
      since,
      until: at(14 * 86_400),
    });
  });
});
