import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { PASSWORD, PHONE } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { burgled, Client, DAY, NEXT_PASSWORD, THIEFS_PASSWORD } from '../../support/burglary.js';
import { TestClock } from '../../support/clock.js';
import { ENGINES } from '../../support/stores.js';
import { byTier } from '../../support/tier.js';

const RUNS = byTier({ quick: 15, full: 40, long: 500 });

/** What a thief with the password tries, from one of two devices of theirs, and what the owner does who suspects nothing. */
const STEPS = [
  'log in',
  'change password',
  'report owner',
  'forget owner',
  'forget own device',
  'silence',
  'end others',
  'rename device',
  'delete account',
  'export',
  'owner logs in',
  'a day passes',
] as const;
type Step = readonly [what: (typeof STEPS)[number], device: number];

const step: fc.Arbitrary<Step> = fc.tuple(fc.constantFrom(...STEPS), fc.nat(1));

describe.each(ENGINES)('%s: a thief who has the password, and no device or channel from before', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(
      engine,
      { SESSION_LIMIT: '2', SESSION_IDLE_TIMEOUT: '31536000', SESSION_MAX_AGE: '31536000' },
      undefined,
      new TestClock(),
    );
  });
  afterAll(() => test.close());

  /** Everybody is at the account: two devices of the thief, the owner, and the password that the thief believes in. */
  async function scene() {
    const { mobile, owner, thief } = await burgled(test.api, test.clock);
    const thieves = [thief, new Client(test.api, `${PHONE} second`)];
    return { mobile, owner, thieves, password: PASSWORD as string, ended: '' };
  }
  type Scene = Awaited<ReturnType<typeof scene>>;

  async function act(at: Scene, [what, device]: Step): Promise<unknown> {
    const { mobile, owner } = at;
    const thief = at.thieves[device]!;
    const aboutOwner = async () => {
      const { body } = await thief.call('GET', '/v1/notifications?limit=100');
      return (body.items ?? []).filter((notice: any) => notice.device?.id === owner.deviceId);
    };
    switch (what) {
      case 'log in':
        return await thief.logIn(mobile, { password: at.password });
      case 'change password': {
        const next = `${THIEFS_PASSWORD}-${randomBytes(3).toString('hex')}`;
        if ((await thief.changePassword(next, at.password)).status === 204) at.password = next;
        return null;
      }
      case 'report owner':
        for (const { id } of await aboutOwner()) await thief.call('POST', `/v1/notifications/${id}/report`);
        return null;
      case 'silence':
        for (const { id } of await aboutOwner()) await thief.call('PATCH', `/v1/notifications/${id}`, { read: true });
        return await thief.call('POST', '/v1/notifications/read-all');
      case 'forget owner':
        return await thief.call('DELETE', `/v1/devices/${owner.deviceId}`);
      case 'forget own device':
        return await thief.call('DELETE', `/v1/devices/${thief.deviceId}`);
      case 'end others':
        return await thief.call('DELETE', '/v1/sessions?except=current');
      case 'rename device':
        return await thief.call('PATCH', `/v1/devices/${thief.deviceId}`, { name: 'The owner' });
      case 'delete account':
        return await thief.call('DELETE', '/v1/users/me', { currentPassword: at.password });
      case 'export':
        return await thief.call('GET', '/v1/users/me/export');
      case 'owner logs in':
        return await owner.logIn(mobile);
      case 'a day passes':
        test.clock.advance(DAY);
        return null;
    }
  }

  it(
    `is out in the end, and the owner, who has a device from before, is in: ${RUNS} random stories`,
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
          const at = await scene();
          const { mobile, owner, thieves } = at;
          for (const one of steps) {
            test.clock.advance(1000);
            await act(at, one);
          }
          test.clock.advance(900_000);
          const reported = await owner.report({ identifier: mobile, password: PASSWORD });
          expect({ steps, status: reported.status }).toEqual({ steps, status: 204 });
          expect((await owner.logIn(mobile)).status).toBe(201);
          expect((await owner.changePassword(NEXT_PASSWORD)).status).toBe(204);
          for (const thief of [...thieves, new Client(test.api, PHONE)]) {
            if (thief.token !== '') expect(await thief.state()).not.toBe('live');
            for (const password of new Set([PASSWORD, at.password])) {
              test.clock.advance(900_000);
              expect((await thief.logIn(mobile, { password })).body.code).toBe('invalid_credentials');
            }
          }
          expect(await owner.state()).toBe('live');
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
    byTier({ quick: 60_000, full: 120_000, long: 1_800_000 }),
  );
});
