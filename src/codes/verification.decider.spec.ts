import type { Code } from '../accounts/index.js';
import { aFormer, anAccount, aSession, at, NOW } from '../../test/support/records.js';
import { decideVerification } from './verification.decider.js';

describe('whoever proves a contact on an account that somebody else has squatted on', () => {
  it('takes from the squatter the password and all channels, former ones too', () => {
    const session = aSession({ expiresAt: at(60), credentialVersion: null });
    const mobile = '+919812345678';
    const code: Code = {
      id: 'code-1',
      requestHash: null,
      bySettled: false,
      purpose: 'verify',
      channel: 'mobile',
      contact: mobile,
      hash: 'digits',
      expiresAt: at(60),
      triesLeft: 5,
    };
    const squatted = anAccount({
      live: [session],
      codes: [code],
      mobile,
      email: 'squatter@example.com',
      emailVerifiedAt: at(-60),
      emailSince: at(-60),
      passwordHash: 'hash',
      formerIdentifiers: [aFormer({ since: at(-900), verifiedAt: at(-900) })],
    });
    const { change } = decideVerification(squatted, { now: NOW, sessionId: session.id, codeId: code.id });
    expect(change!.account).toMatchObject({
      passwordHash: null,
      mobileVerifiedAt: NOW,
      emailVerifiedAt: null,
      emailSince: null,
      formerIdentifiers: [],
    });
  });
});
