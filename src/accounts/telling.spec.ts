import { anAccount, aSession, at, BY, NOW } from '../../test/support/records.js';
import { AccountDraft, withoutHash } from './account-draft.js';
import type { AccountFact } from './account.events.js';
import { SYSTEM } from './actor.js';
import type { Standing } from './standing.js';

const STANDING: Standing = { kind: 'device', settled: false, since: at(-60) };

/** The events of one commit. */
const committed = (...facts: AccountFact[]) => {
  const draft = new AccountDraft(anAccount(), NOW, SYSTEM);
  draft.actWith(STANDING);
  facts.forEach((fact, i) => draft.emit(`event-${i}`, fact));
  return draft.commit({}).change!.events;
};

describe('what the channels are told of a commit', () => {
  it('is all that it has changed, with the gravest of its events, and with whose standing', () => {
    const started = { type: 'session.started', session: withoutHash(aSession()) } as const;
    const events = committed(
      { type: 'deletion.cancelled', by: null },
      started,
      { type: 'contact.changed', channel: 'email', previous: null, by: BY },
      { type: 'contact.changed', channel: 'mobile', previous: null, by: BY },
      { type: 'password.changed', by: BY },
    );
    const changes = ['password_changed', 'mobile_changed', 'email_changed', 'deletion_cancelled'];
    const telling = (first: boolean) => ({ changes, first, by: STANDING });
    expect(events.map((event) => event.telling)).toEqual([
      telling(false),
      undefined,
      telling(false),
      telling(false),
      telling(true),
    ]);
  });

  it.each<AccountFact>([
    { type: 'password.changed', by: BY },
    { type: 'contact.changed', channel: 'mobile', previous: null, by: BY },
    { type: 'username.changed', by: BY },
    { type: 'deletion.requested', deletesAt: at(60), by: BY },
    { type: 'deletion.cancelled', by: BY },
    { type: 'export.requested', availableAt: at(60), by: BY },
    { type: 'export.cancelled', by: BY },
  ])('is one message for $type alone', (fact) => {
    expect(committed(fact)).toMatchObject([{ telling: { changes: [expect.any(String)], first: true } }]);
  });

  it('is nothing where a session has only come or gone', () => {
    const [event] = committed({ type: 'sessions.displaced', by: BY });
    expect(event).not.toHaveProperty('telling');
  });
});
