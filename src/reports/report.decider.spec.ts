import { describe, expect, it } from '@jest/globals';
import { anAccount, aDevice, aSession, at, NOW } from '../../test/support/records.js';
import { decideReport, type Report } from './report.decider.js';

const DEVICE = aDevice();
const OWN = aSession();
const STRANGER = aSession({ device: DEVICE, createdAt: at(-60) });
const ACCOUNT = anAccount({ live: [OWN, STRANGER], devices: [DEVICE] });
const REPORT: Report = {
  now: NOW,
  actor: { kind: 'user', userId: 'user-1', sessionId: OWN.id },
  notificationId: 'notice-1',
  session: STRANGER,
  deviceId: DEVICE.id,
  since: STRANGER.createdAt,
};

describe('decideReport', () => {
  it('ends the session, blocks its device and distrusts the password since the stranger came', () => {
    const { account, ended } = decideReport(ACCOUNT, REPORT).change!;
    expect(ended).toMatchObject([{ id: STRANGER.id, endReason: 'reported' }]);
    expect(account).toMatchObject({ devices: [{ id: DEVICE.id, blockedAt: NOW }], distrustedSince: at(-60) });
  });

  it('takes no report from a session that has been ended meanwhile, by a report perhaps', () => {
    const ended = { ...ACCOUNT, live: [STRANGER] };
    expect(() => decideReport(ended, REPORT)).toThrow(expect.objectContaining({ code: 'invalid_token' }));
  });

  it('blocks the device also once the session has left the history', () => {
    const { account, ended } = decideReport(ACCOUNT, { ...REPORT, session: null }).change!;
    expect(ended.map(({ id }) => id)).toEqual([STRANGER.id]);
    expect(account.devices).toMatchObject([{ blockedAt: NOW }]);
  });
});
