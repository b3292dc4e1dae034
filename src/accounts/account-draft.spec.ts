import { aDevice, at, anAccount, aSession, NOW } from '../../test/support/records.js';
import { AccountDraft } from './account-draft.js';
import { SYSTEM } from './actor.js';
import type { Device } from './device.js';
import type { Session } from './session.js';
import { identifierKeys, type Ticket } from './account.js';

const SESSION = aSession();

describe('AccountDraft', () => {
  it('touches nothing outside it', () => {
    const account = anAccount({ live: [SESSION], devices: [aDevice()] });
    const before = structuredClone(account);
    const draft = new AccountDraft(account, NOW, SYSTEM);
    draft.end([SESSION], 'revoked', null);
    draft.start(aSession());
    draft.putDevice(aDevice());
    draft.set({ role: 'admin' });
    expect(draft.commit({}).change?.account).not.toEqual(before);
    expect(account).toEqual(before);
  });

  it('commits nothing where nothing has happened, but an event alone is something', () => {
    const draft = new AccountDraft(anAccount(), NOW, SYSTEM);
    draft.end([SESSION], 'revoked', null);
    expect(draft.commit('result')).toEqual({ result: 'result', change: null });
    draft.emit('event-1', { type: 'user.created' });
    expect(draft.commit({}).change?.events).toHaveLength(1);
  });

  it('ends a session once, and passes over one that is not live', () => {
    const draft = new AccountDraft(anAccount({ live: [SESSION] }), NOW, SYSTEM);
    expect(draft.end([SESSION, aSession()], 'revoked', null)).toHaveLength(1);
    expect(draft.end([SESSION], 'expired', null)).toEqual([]);
    const { change } = draft.commit({});
    expect(change?.ended).toEqual([{ ...SESSION, endedAt: NOW, endReason: 'revoked', endedBy: null }]);
    expect(change?.events.map(({ type }) => type)).toEqual(['session.ended']);
  });

  it('lets the device of an ended session keep the time of its last use', () => {
    const [used, unused] = [aDevice({ lastSeenAt: at(-50) }), aDevice({ lastSeenAt: at(-50) })];
    const draft = new AccountDraft(anAccount({ live: [], devices: [used, unused] }), NOW, SYSTEM);
    const on = (device: typeof used, seconds: number) => aSession({ device, lastSeenAt: at(seconds) });
    const sessions = [on(used, -20), on(used, -10), on(used, -30), on(unused, -60)];
    for (const session of sessions) draft.start(session);
    draft.end(sessions, 'revoked', null);
    expect(draft.account.devices).toEqual([{ ...used, lastSeenAt: at(-10) }, unused]);
  });

  it('lets no token hash into an event', () => {
    const draft = new AccountDraft(anAccount(), NOW, SYSTEM);
    draft.start(SESSION);
    draft.end([SESSION], 'logged_out', null);
    expect(JSON.stringify(draft.commit({}).change?.events)).not.toContain(SESSION.tokenHash);
  });
});

describe('the devices of an account', () => {
  const DAY = 86_400;
  const FIRST_LOGIN = at(-400 * DAY);
  /** Seen first so many minutes ago, and back a week later or never. */
  const settled = (minutes: number) =>
    aDevice({ id: `settled-${minutes}`, firstSeenAt: at(-20 * DAY - minutes * 60), provenAt: NOW });
  const unsettled = (minutes: number) => aDevice({ id: `unsettled-${minutes}`, firstSeenAt: at(-minutes * 60) });
  const hundred = <T>(make: (i: number) => T) => Array.from({ length: 100 }, (_, i) => make((i + 50) % 100));

  function putInto(devices: Device[], device = aDevice({ id: 'new' }), live: Session[] = []) {
    const account = anAccount({ devices, live, firstLoginAt: FIRST_LOGIN });
    const draft = new AccountDraft(account, NOW, SYSTEM);
    draft.putDevice(device);
    const left = draft.account.devices.map(({ id }) => id);
    return { left, gone: devices.map(({ id }) => id).filter((id) => !left.includes(id)) };
  }

  it('are 200 at most: the youngest without standing goes, so that nobody with the password pushes out what was there', () => {
    const devices = [...hundred(settled), ...hundred(unsettled)];
    expect(putInto(devices.slice(1)).gone).toEqual([]);
    const { left, gone } = putInto(devices);
    expect(gone).toEqual(['unsettled-0']);
    expect(left).toHaveLength(200);
    expect(left).toContain('new');
  });

  it('lose the youngest that has no session before one that has', () => {
    const devices = [...hundred(settled), ...hundred(unsettled)];
    const live = devices
      .filter(({ id }) => ['unsettled-0', 'unsettled-1'].includes(id))
      .map((device) => aSession({ device }));
    expect(putInto(devices, aDevice(), live).gone).toEqual(['unsettled-2']);
  });

  it('lose a blocked one only where no other is without standing, and a settled one only where all are', () => {
    const blocked = { ...unsettled(0), blockedAt: NOW };
    const [one, many] = [hundred(unsettled).slice(0, 1), [...hundred(settled), ...hundred((i) => settled(i + 100))]];
    expect(putInto([...many.slice(2), blocked, ...one]).gone).toEqual([one[0]!.id]);
    expect(putInto([...many.slice(1), blocked]).gone).toEqual([blocked.id]);
    expect(putInto(many).gone).toEqual(['settled-0']);
  });

  it('take the tickets along that they hold, when they are forgotten', () => {
    const [gone, other] = [aDevice(), aDevice()];
    const ticketOf = ({ id: deviceId, keyHash }: Device): Ticket => ({
      hash: deviceId,
      expiresAt: at(60),
      credentialVersion: 1,
      provedBy: 'password',
      vouched: null,
      holder: { deviceId, keyHash, class: 'desktop', ip: '203.0.113.7' },
      request: null,
    });
    const vouched = { ...ticketOf(gone), hash: 'vouched', holder: null };
    const tickets = [ticketOf(gone), vouched, ticketOf(other)];
    const draft = new AccountDraft(anAccount({ devices: [gone, other], tickets }), NOW, SYSTEM);
    draft.forgetDevice(gone.id);
    expect(draft.account).toMatchObject({ devices: [other], tickets: tickets.slice(1) });
  });

  it('lose none where a known one is put again', () => {
    const devices = Array.from({ length: 200 }, (_, i) => unsettled(i));
    const { left, gone } = putInto(devices, { ...devices[7]!, name: 'renamed' });
    expect(gone).toEqual([]);
    expect(left).toHaveLength(200);
  });
});

describe('identifierKeys', () => {
  it('compare usernames and e-mails without regard to case', () => {
    const account = anAccount({ mobile: '+919012345678', username: 'Demo.Asha', email: 'Asha@Example.COM' });
    expect(identifierKeys(account)).toEqual(['mobile:+919012345678', 'username:demo.asha', 'email:asha@example.com']);
  });
});
