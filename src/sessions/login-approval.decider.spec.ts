import type { Account, LoginRequest, Ticket } from '../accounts/index.js';
import { aDevice, anAccount, aSession, at, NOW } from '../../test/support/records.js';
import { decideApproval, decideWaiting } from './login-approval.decider.js';

const LAPTOP = aDevice({ firstSeenAt: at(-3600) });
const ASKING = aSession({ device: LAPTOP });
const { id, name, class: deviceClass, browser, os } = aDevice({ class: 'mobile' });

const aRequest = (given: Partial<LoginRequest> = {}): LoginRequest => ({
  id: 'request',
  device: { id, name, class: deviceClass, browser, os },
  ip: '203.0.113.7',
  waitsFrom: null,
  number: 42,
  numbers: [80, 42, 17],
  approved: null,
  ...given,
});

const aTicket = (given: Partial<Ticket> = {}): Ticket => ({
  hash: 'ticket',
  expiresAt: at(120),
  credentialVersion: 1,
  provedBy: 'password',
  vouched: null,
  holder: { deviceId: id, keyHash: 'key', class: deviceClass, ip: '203.0.113.7' },
  request: aRequest(),
  ...given,
});

const account = (...tickets: Ticket[]): Account =>
  anAccount({ live: [ASKING], devices: [LAPTOP], firstLoginAt: at(-3600), tickets });

const answer = (number: number | null, tickets = [aTicket()], now = NOW) =>
  decideApproval(account(...tickets), { now, sessionId: ASKING.id, requestId: 'request', number });

describe('the answer to a login that waits', () => {
  it.each([
    ['lets it in with the number that it shows', 42, true],
    ['denies it with another of the three', 80, false],
    ['denies it with a number that was not among them', 99, false],
    ['denies it without one', null, false],
  ])('%s', (_, number, approved) => {
    const other = aTicket({ hash: 'other', request: aRequest({ id: 'another', number: 80 }) });
    const { result, change } = answer(number, [other, aTicket()]);
    expect(result).toEqual({ approved });
    expect(change?.account.tickets).toEqual([other, aTicket({ request: aRequest({ approved }) })]);
    expect(change?.events).toMatchObject([{ type: 'login.decided', requestId: 'request', approved }]);
  });

  it.each<[string, Partial<Ticket>, number]>([
    ['login_request_not_found', { expiresAt: NOW }, 42],
    ['login_request_not_found', { request: aRequest({ id: 'another' }) }, 42],
    ['login_request_decided', { request: aRequest({ approved: false }) }, 42],
    ['login_request_decided', { request: aRequest({ approved: true }) }, 80],
  ])('is refused with %s', (code, given, number) => {
    expect(() => answer(number, [aTicket(given)])).toThrow(expect.objectContaining({ code }));
  });

  it('lets in nobody for a request of version 0.1.0, which has no number', () => {
    expect(answer(42, [aTicket({ request: aRequest({ number: 0, numbers: [] }) })]).result).toEqual({
      approved: false,
    });
  });

  it('neither approves nor denies from a device of lower standing, whatever number it gives', () => {
    const waiting = { ...aDevice({ firstSeenAt: at(-7200) }), id };
    const state = { ...account(aTicket()), devices: [LAPTOP, waiting] };
    for (const number of [42, 80, null])
      expect(() => decideApproval(state, { now: NOW, sessionId: ASKING.id, requestId: 'request', number })).toThrow(
        expect.objectContaining({ code: 'fresh_proof_required' }),
      );
  });
});

describe('a ticket that is shown from another address', () => {
  it('puts that address beside the one that the login was asked from', () => {
    const { change } = decideWaiting(account(aTicket()), { now: NOW, ticketHash: 'ticket', ip: '198.51.100.1' });
    expect(change).toMatchObject({
      account: { tickets: [aTicket({ request: aRequest({ waitsFrom: '198.51.100.1' }) })] },
      events: [],
    });
  });

  it('changes nothing once it is used up', () => {
    const { change } = decideWaiting(account(), { now: NOW, ticketHash: 'ticket', ip: '198.51.100.1' });
    expect(change).toBeNull();
  });
});
