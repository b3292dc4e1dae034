import { setImmediate as nextTurn } from 'node:timers/promises';
import { TestClock } from '../../test/support/clock.js';
import type { Delivery } from './delivery.js';
import type { DeliveryStore, Outcome } from './delivery.store.js';
import { TargetPump } from './target-pump.js';

const aDelivery = (leaseUntil: Date): Delivery => ({
  id: 'delivery-1',
  userId: 'user-1',
  target: 'target-1',
  lane: 'lane-1',
  eventType: 'user.created',
  payload: '{}',
  at: new Date(0),
  state: 'pending',
  since: new Date(0),
  attempts: 1,
  nextAttemptAt: leaseUntil,
  lastError: null,
});

/** A pump whose target takes for ever, unless it is told to stop. */
function pumping(breakOff: AbortSignal) {
  const clock = new TestClock();
  clock.stop();
  const settled: { at: number; outcome: Outcome }[] = [];
  let claimed: Delivery | null = null;
  const store = {
    claim: async (_target: string, _now: Date, leaseUntil: Date) =>
      claimed ? [] : [(claimed = aDelivery(leaseUntil))],
    settle: async (_: Delivery, outcome: Outcome) => settled.push({ at: clock.now().getTime(), outcome }) > 0,
  } as unknown as DeliveryStore;
  const target = {
    id: 'target-1',
    payloadOf: () => null,
    send: (_: Delivery, signal: AbortSignal) =>
      new Promise<void>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
  };
  const signals = { stop: new AbortController().signal, breakOff };
  const pump = new TargetPump(store, clock, async () => target, signals);
  pump.wake();
  /** So many ms pass, and what is to happen then has happened. */
  const pass = async (ms: number) => {
    await nextTurn();
    clock.advance(ms);
    await nextTurn();
  };
  return { settled, pass, leaseEnds: () => claimed!.nextAttemptAt.getTime() };
}

describe('TargetPump', () => {
  it('breaks a try off and settles it well before another process may have the delivery', async () => {
    const { settled, pass, leaseEnds } = pumping(new AbortController().signal);
    for (let second = 0; second < 60; second++) await pass(1000);
    expect(settled).toMatchObject([{ outcome: { state: 'pending', lastError: 'timeout' } }]);
    expect(leaseEnds() - settled[0]!.at).toBeGreaterThanOrEqual(5000);
  });

  it('breaks a try off where the service ends', async () => {
    const breakOff = new AbortController();
    const { settled, pass } = pumping(breakOff.signal);
    await pass(1000);
    expect(settled).toEqual([]);
    breakOff.abort();
    await pass(0);
    expect(settled).toMatchObject([{ outcome: { state: 'pending', lastError: 'timeout' } }]);
  });
});
