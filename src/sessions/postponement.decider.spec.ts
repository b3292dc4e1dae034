import { asEndedBy, type Account, type Postponed } from '../accounts/index.js';
import { aDevice, anAccount, anAttempt, aSession, at, NOW, shownDevice } from '../../test/support/records.js';
import { decideLogin } from './login.decider.js';
import { decideCancellation } from './postponement.decider.js';

const DAY = 86_400;
const wish = (kind: Postponed['kind']): Postponed => ({
  kind,
  requestedAt: at(-DAY),
  dueAt: at(13 * DAY),
  deviceId: 'thief',
  cancelledAt: null,
});
const WAITING = [wish('deletion'), wish('export')];
const SESSION = aSession();
const account = (more: Partial<Account> = {}) =>
  anAccount({ firstLoginAt: at(-99 * DAY), live: [SESSION], postponed: WAITING, ...more });

describe('a cancellation', () => {
  const cancel = (before: Account, kind: Postponed['kind']) =>
    decideCancellation(before, { now: NOW, sessionId: SESSION.id, kind });

  it.each(['deletion', 'export'] as const)('is for any session of the person, of what it names alone: %s', (kind) => {
    const { result, change } = cancel(account(), kind);
    expect(result).toEqual({ cancelled: true });
    const expected = WAITING.map((one) => (one.kind === kind ? { ...one, cancelledAt: NOW } : one));
    expect(change!.account.postponed).toEqual(expect.arrayContaining(expected));
    expect(change!.events).toMatchObject([{ type: `${kind}.cancelled`, by: asEndedBy(SESSION) }]);
  });

  it('changes nothing where none waits, and is for no session that has ended', () => {
    const none = account({ postponed: [{ ...wish('deletion'), cancelledAt: at(-1) }] });
    for (const kind of ['deletion', 'export'] as const)
      expect(cancel(none, kind)).toEqual({ result: { cancelled: false }, change: null });
    expect(() => cancel(account({ live: [] }), 'export')).toThrow(expect.objectContaining({ code: 'invalid_token' }));
  });
});

describe('a login', () => {
  /** From a device that shows its secret, and was first seen so many days ago. */
  const logIn = (days: number, more: Partial<Account> = {}) => {
    const device = aDevice({ keyHash: 'shown', firstSeenAt: at(-days * DAY) });
    const before = account({ live: [], devices: [device], ...more });
    return decideLogin(before, anAttempt({ device: shownDevice({ keyHashes: ['shown'] }) })).change!;
  };

  it('of a settled device cancels all that waits; it is settled by this very login', () => {
    const { account: after, events } = logIn(7);
    expect(after.postponed).toEqual(WAITING.map((one) => ({ ...one, cancelledAt: NOW })));
    const [session] = after.live;
    expect(events.slice(-2)).toMatchObject([
      { type: 'deletion.cancelled', by: { sessionId: session!.id } },
      { type: 'export.cancelled', by: { sessionId: session!.id } },
    ]);
  });

  it('of any other device cancels nothing', () => {
    expect(logIn(6).account.postponed).toEqual(WAITING);
  });

  it('says nothing where nothing waits', () => {
    const { events } = logIn(7, { postponed: WAITING.map((one) => ({ ...one, cancelledAt: at(-1) })) });
    expect(events.map(({ type }) => type)).toEqual(['session.started']);
  });
});
