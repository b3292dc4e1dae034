import { SYSTEM, type AccountEvent } from '../accounts/index.js';
import { at, BY, NOW } from '../../test/support/records.js';
import { formerSecretOf, webhookPayload, type Webhook } from './webhook.js';

const WEBHOOK: Webhook = {
  id: 'webhook-1',
  url: 'https://hooks.example.com/',
  secret: 'whsec_',
  events: ['*'],
  enabled: true,
  createdAt: NOW,
  former: null,
  goneAt: null,
};

describe('webhookPayload', () => {
  it('says what happened, and not with what standing', () => {
    const telling = {
      changes: ['password_changed'],
      first: true,
      by: { kind: 'device', settled: true, since: at(-60) },
    } as const;
    const common = { id: 'event-1', userId: 'user-1', at: NOW, actor: SYSTEM };
    const event: AccountEvent = {
      ...common,
      telling,
      type: 'password.changed',
      by: BY,
      unverified: { mobile: '+919812345678', email: null },
    };
    expect(webhookPayload(WEBHOOK, event)).toEqual({
      type: 'password.changed',
      timestamp: NOW,
      data: { userId: 'user-1', actor: SYSTEM, by: BY },
    });
  });
});

describe('formerSecretOf', () => {
  it.each([
    ['that was never rotated', null, undefined],
    ['that was rotated less than a day ago', { secret: 'old', until: at(1) }, 'old'],
    ['that was rotated a day ago', { secret: 'old', until: NOW }, undefined],
  ])('of one %s', (_, former, secret) => {
    expect(formerSecretOf({ ...WEBHOOK, former }, NOW)).toBe(secret);
  });
});
