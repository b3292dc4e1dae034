import { waitingOf, type Account, type Postponed } from '../accounts/index.js';
import { aDevice, anAccount, aSession, at, NOW } from '../../test/support/records.js';
import { decideExport, decideExportTaken } from './export.decider.js';

const DAY = 86_400;
const DEVICE = aDevice();
const ASKING = aSession({ device: DEVICE, provedAt: NOW, provedBy: 'password' });
const WISH: Postponed = {
  kind: 'export',
  requestedAt: at(-14 * DAY),
  dueAt: NOW,
  deviceId: DEVICE.id,
  cancelledAt: null,
};
const account = (more: Partial<Account> = {}) => anAccount({ live: [ASKING], devices: [DEVICE], ...more });
const ask = (before: Account) => decideExport(before, { now: NOW, sessionId: ASKING.id });
const take = (before: Account) => decideExportTaken(before, { now: NOW, sessionId: ASKING.id });
const code = (value: string) => expect.objectContaining({ code: value });

describe('an export', () => {
  it('is handed out at once on a settled device, and changes nothing', () => {
    const settled = account({ devices: [{ ...DEVICE, confirmedAt: at(-1) }] });
    expect(ask(settled)).toEqual({ result: { availableAt: null }, change: null });
  });

  it('needs a fresh proof, and a password that is trusted there', () => {
    const stale = { ...ASKING, provedAt: at(-300) };
    expect(() => ask(account({ live: [stale] }))).toThrow(code('fresh_proof_required'));
    expect(() => ask(account({ distrustedSince: at(-1) }))).toThrow(code('fresh_proof_required'));
  });

  it('waits 14 days on any other device, with the same answer until then', () => {
    const { result, change } = ask(account());
    expect(result).toEqual({ availableAt: at(14 * DAY) });
    expect(change!.events).toMatchObject([
      { type: 'export.requested', availableAt: at(14 * DAY), by: { sessionId: ASKING.id } },
    ]);
    const waiting = account({ postponed: [{ ...WISH, dueAt: at(1), deviceId: 'another' }] });
    expect(ask(waiting)).toEqual({ result: { availableAt: at(1) }, change: null });
  });

  it('is handed out to the device that has waited for it, until it has all of it', () => {
    const due = account({ postponed: [WISH] });
    expect(ask(due)).toEqual({ result: { availableAt: null }, change: null });
    expect(take(due).change!.account.postponed).toEqual([]);
    expect(take(account()).change).toBeNull();
  });

  it('is not handed out to a device that did not ask: it waits anew', () => {
    const due = account({ postponed: [{ ...WISH, deviceId: 'another' }] });
    const { result, change } = ask(due);
    expect(result).toEqual({ availableAt: at(14 * DAY) });
    expect(change!.account.postponed).toMatchObject([{ deviceId: DEVICE.id, requestedAt: NOW }]);
    expect(take(due).change).toBeNull();
  });

  it('is refused for 30 days after a cancellation', () => {
    const cancelled = (seconds: number) => account({ postponed: [{ ...WISH, cancelledAt: at(seconds) }] });
    expect(() => ask(cancelled(-30 * DAY + 1))).toThrow(code('fresh_proof_required'));
    expect(waitingOf(ask(cancelled(-30 * DAY)).change!.account, 'export')).toMatchObject({ requestedAt: NOW });
    const deletion: Postponed = { ...WISH, kind: 'deletion', cancelledAt: at(-1) };
    expect(ask(account({ postponed: [deletion] })).result).toEqual({ availableAt: at(14 * DAY) });
  });
});
