import { describe, expect, it } from '@jest/globals';
import { aDevice, at, anAccount, aSession, NOW } from '../../test/support/records.js';
import { AccountDraft } from './account-draft.js';
import { SYSTEM } from './actor.js';
import { identifierKeys } from './account.js';

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
  const proven = (i: number) => aDevice({ id: `proven-${i}`, lastSeenAt: at(i - 1000), provenAt: NOW });
  const unproven = (i: number) => aDevice({ id: `unproven-${i}`, lastSeenAt: at(i) });

  function putInto(devices: ReturnType<typeof aDevice>[], device = aDevice({ id: 'new' })) {
    const draft = new AccountDraft(anAccount({ devices }), NOW, SYSTEM);
    draft.putDevice(device);
    const left = draft.account.devices.map(({ id }) => id);
    return { left, gone: devices.map(({ id }) => id).filter((id) => !left.includes(id)) };
  }

  it('are 200 at most: the one unseen for longest that never proved itself goes', () => {
    const devices = [
      ...Array.from({ length: 100 }, (_, i) => proven(i)),
      ...Array.from({ length: 100 }, (_, i) => unproven(99 - i)),
    ];
    expect(putInto(devices.slice(1)).gone).toEqual([]);
    const { left, gone } = putInto(devices);
    expect(gone).toEqual(['unproven-0']);
    expect(left).toHaveLength(200);
    expect(left).toContain('new');
  });

  it('lose a proven one only where all are: the one unseen for longest', () => {
    const devices = Array.from({ length: 200 }, (_, i) => proven((i + 50) % 200));
    expect(putInto(devices).gone).toEqual(['proven-0']);
  });

  it('lose none where a known one is put again', () => {
    const devices = Array.from({ length: 200 }, (_, i) => unproven(i));
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
