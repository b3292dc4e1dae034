import { SYSTEM, type AccountEvent } from '../accounts/index.js';
import { at, BY, NOW } from '../../test/support/records.js';
import { validFormerSecrets, webhookPayload, type Webhook } from './webhook.js';

const WEBHOOK: Webhook = {
  id: 'webhook-1',
  url: 'https://hooks.example.com/',
  secret: 'whsec_',
  events: ['*'],
  enabled: true,
  createdAt: NOW,
  formerSecrets: [],
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

describe('validFormerSecrets', () => {
  it('are those whose day is not over', () => {
    const [over, valid] = [NOW, at(1)].map((until, index) => ({ secret: `secret-${index}`, until }));
    expect(validFormerSecrets({ formerSecrets: [valid!, over!] }, NOW)).toEqual([valid]);
  });
});
