import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { CodesService } from '../../../src/codes/codes.service.js';
import { PASSWORD, PHONE } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { burgled, Client, DAY, NEXT_PASSWORD, THIEFS_PASSWORD, verifyMobile } from '../../support/burglary.js';
import { TestClock } from '../../support/clock.js';
import { aMobile, aName } from '../../support/records.js';
import { ENGINES } from '../../support/stores.js';
import { startTextMessages, type TextMessages } from '../../support/text-messages.js';
import { byTier } from '../../support/tier.js';

const RUNS = byTier({ quick: 8, full: 6, long: 500 });
/** ms */
const TIMEOUT = byTier({ quick: 60_000, full: 180_000, long: 1_800_000 });

/** What a thief with the password tries, from one of two devices of theirs, and what the owner does who suspects nothing. */
const STEPS = [
  'log in',
  'log in by a code to own mobile',
  'change password',
  'move mobile',
  'remove mobile',
  'verify own mobile',
  'claim own mobile',
  'recover by own mobile',
  'rename account',
  'report owner',
  'report other device',
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
/** A thief's channel that nobody has reported for a week is settled; it outranks every device. */
const stories = fc
  .array(step, { minLength: 1, maxLength: 12 })
  .filter((steps) => steps.filter(([what]) => what === 'a day passes').length < 7);

describe.each(ENGINES)('%s: a thief who has the password, and no device or channel from before', (engine) => {
  let sms: TextMessages;
  let test: TestApp;
  beforeAll(async () => {
    const clock = new TestClock();
    sms = await startTextMessages(clock);
    const settings = { SESSION_LIMIT: '2', SESSION_IDLE_TIMEOUT: '31536000', SESSION_MAX_AGE: '31536000' };
    test = await startApp(engine, { ...sms.settings, ...settings }, undefined, clock);
  });
  afterAll(async () => {
    await test.close();
    await sms.close();
  });

  /** Everybody is at the account: two devices of the thief, a mobile of theirs, the owner, and the password that the thief believes in. */
  async function scene() {
    const { mobile, owner, thief } = await burgled(test.api, test.clock);
    const thieves = [thief, new Client(test.api, `${PHONE} second`)];
    return { mobile, owner, thieves, theirs: aMobile(), password: PASSWORD as string };
  }
  type Scene = Awaited<ReturnType<typeof scene>>;

  /** Null where none is sent. */
  async function sent(mobile: string, purpose: string): Promise<{ code: string; request: string } | null> {
    const before = sms.codesTo(mobile).length;
    const { body } = await test.api.post('/v1/codes', { body: { identifier: mobile, purpose } });
    await test.app.get(CodesService).idle();
    const code = sms.codesTo(mobile)[before];
    return code === undefined ? null : { code, request: body.request };
  }
  const codeIfSent = async (mobile: string, purpose: string) => (await sent(mobile, purpose))?.code ?? null;
  const newPassword = () => `${THIEFS_PASSWORD}-${randomBytes(3).toString('hex')}`;

  async function act(at: Scene, [what, device]: Step): Promise<unknown> {
    const { mobile, owner, theirs } = at;
    const thief = at.thieves[device]!;
    const about = async (deviceId: string) => {
      const { body } = await thief.call('GET', '/v1/notifications?limit=100');
      return (body.items ?? []).filter((notice: any) => notice.device?.id === deviceId);
    };
    const prove = () => thief.call('POST', '/v1/sessions/current/proof', { currentPassword: at.password });
    const edit = async (patch: object) => {
      await prove();
      return thief.call('PATCH', '/v1/users/me', patch);
    };
    switch (what) {
      case 'log in':
        for (const identifier of [mobile, theirs])
          if ((await thief.logIn(identifier, { password: at.password })).status === 201) return;
        return;
      case 'log in by a code to own mobile': {
        const code = await codeIfSent(theirs, 'login');
        return code && (await thief.logIn(theirs, { code }));
      }
      case 'change password': {
        const next = newPassword();
        if ((await thief.changePassword(next, at.password)).status === 204) at.password = next;
        return;
      }
      case 'move mobile':
        return edit({ mobile: theirs });
      case 'remove mobile':
        return edit({ mobile: null, username: aName() });
      case 'verify own mobile': {
        const code = await codeIfSent(theirs, 'verify');
        return code && (await thief.call('POST', '/v1/users/me/verify', { code }));
      }
      case 'claim own mobile': {
        const claim = await sent(theirs, 'claim');
        return claim && edit({ mobile: theirs, ...claim });
      }
      case 'recover by own mobile': {
        const [code, next] = [await codeIfSent(theirs, 'recover'), newPassword()];
        if (code === null) return;
        const body = { identifier: theirs, code, newPassword: next };
        const { status } = await test.api.post('/v1/users/recover', { body, headers: thief.headers });
        if (status === 204) at.password = next;
        return;
      }
      case 'rename account':
        return edit({ username: aName() });
      case 'report owner':
        for (const { id } of await about(owner.deviceId)) await thief.call('POST', `/v1/notifications/${id}/report`);
        return;
      case 'report other device':
        for (const { id } of await about(at.thieves[1 - device]!.deviceId))
          await thief.call('POST', `/v1/notifications/${id}/report`);
        return;
      case 'silence':
        for (const { id } of await about(owner.deviceId))
          await thief.call('PATCH', `/v1/notifications/${id}`, { read: true });
        return thief.call('POST', '/v1/notifications/read-all');
      case 'forget owner':
        return thief.call('DELETE', `/v1/devices/${owner.deviceId}`);
      case 'forget own device':
        return thief.call('DELETE', `/v1/devices/${thief.deviceId}`);
      case 'end others':
        return thief.call('DELETE', '/v1/sessions?except=current');
      case 'rename device':
        return thief.call('PATCH', `/v1/devices/${thief.deviceId}`, { name: 'The owner' });
      case 'delete account':
        return thief.call('DELETE', '/v1/users/me', { currentPassword: at.password });
      case 'export':
        await prove();
        return thief.call('GET', '/v1/users/me/export');
      case 'owner logs in':
        return owner.logIn(mobile);
      case 'a day passes':
        test.clock.advance(DAY);
    }
  }

  /** Whatever the thief knows by now, from whichever device: no session of theirs is live, and none opens. */
  async function expectOut({ mobile, thieves, theirs, password: known }: Scene, steps: readonly Step[]): Promise<void> {
    for (const thief of [...thieves, new Client(test.api, PHONE)]) {
      if (thief.token !== '') expect({ steps, state: await thief.state() }).not.toMatchObject({ state: 'live' });
      for (const password of new Set([PASSWORD, known])) {
        for (const identifier of [mobile, theirs]) {
          test.clock.advance(900_000);
          const { body } = await thief.logIn(identifier, { password });
          expect({ steps, code: body.code }).toEqual({ steps, code: 'invalid_credentials' });
        }
      }
    }
    for (const purpose of ['login', 'recover', 'verify']) {
      test.clock.advance(900_000);
      expect({ steps, purpose, code: await codeIfSent(theirs, purpose) }).toEqual({ steps, purpose, code: null });
    }
  }

  it(
    `is out in the end, and the owner, who has a device from before, is in: ${RUNS} random stories`,
    async () => {
      await fc.assert(
        fc.asyncProperty(stories, async (steps) => {
          const at = await scene();
          const { mobile, owner } = at;
          for (const one of steps) {
            test.clock.advance(1000);
            await act(at, one);
          }
          test.clock.advance(900_000);
          const reported = await owner.report({ identifier: mobile, password: PASSWORD });
          expect({ steps, status: reported.status }).toEqual({ steps, status: 204 });
          expect({ steps, status: (await owner.logIn(mobile)).status }).toEqual({ steps, status: 201 });
          expect((await owner.changePassword(NEXT_PASSWORD)).status).toBe(204);
          await expectOut(at, steps);
          expect(await owner.state()).toBe('live');
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
    TIMEOUT,
  );

  it(
    `is out in the end, and the owner, who has nothing but a mobile from before, is in: ${RUNS} random stories`,
    async () => {
      await fc.assert(
        fc.asyncProperty(stories, async (steps) => {
          const at = await scene();
          const { mobile } = at;
          await verifyMobile(test.api, sms, at.owner, mobile);
          test.clock.advance(30 * DAY);
          for (const one of steps) {
            test.clock.advance(1000);
            await act(at, one);
          }
          test.clock.advance(900_000);
          const code = await codeIfSent(mobile, 'recover');
          expect({ steps, code }).toEqual({ steps, code: expect.any(String) });
          const recovered = await test.api.post('/v1/users/recover', {
            body: { identifier: mobile, code, newPassword: NEXT_PASSWORD },
          });
          expect({ steps, status: recovered.status }).toEqual({ steps, status: 204 });
          const owner = new Client(test.api, 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0');
          const { body } = await owner.logIn(mobile, { password: NEXT_PASSWORD });
          expect({ steps, user: body.user }).toMatchObject({ steps, user: { mobile } });
          await expectOut(at, steps);
          expect(await owner.state()).toBe('live');
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
    TIMEOUT,
  );
});
