import { LAPTOP, PHONE, type Api, type Answer } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { cookiesOf } from '../../support/cookies.js';
import { ENGINES, type Engine } from '../../support/stores.js';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
const AGENTS = [LAPTOP, PHONE, CHROME];

/** One application under this policy. */
function under(engine: Engine, settings: Record<string, string>, define: (app: () => TestApp) => void) {
  describe(Object.values(settings).join(', '), () => {
    let test: TestApp;
    beforeAll(async () => {
      test = await startApp(engine, settings);
    });
    afterAll(() => test.close());
    define(() => test);
  });
}

/** Logins of one person from so many devices, a second apart. */
async function logins({ api, clock }: TestApp, count: number, more: object = {}) {
  const person = await api.createUser();
  const answers: Answer[] = [];
  for (let i = 0; i < count; i++) {
    clock.advance(1000);
    answers.push(await api.serviceLogin(person.id, { userAgent: AGENTS[i % 3], ...more }));
  }
  return { ...person, answers, tokens: answers.map(({ body }) => body.token as string) };
}

const codes = (api: Api, tokens: string[]) =>
  Promise.all(tokens.map(async (token) => (await api.current(token)).body.code ?? 'live'));
const idsOf = (sessions: { id: string }[]) => sessions.map(({ id }) => id);
const browser = (answer: Answer) => ({ cookie: `device=${cookiesOf(answer).get('device')!.value}` });

describe.each(ENGINES)('%s: the policy', (engine) => {
  under(engine, { SESSION_ON_LIMIT: 'end-oldest', SESSION_LIMIT: '2' }, (app) => {
    it('ends the session that began first, however recently it was used', async () => {
      const { api, clock } = app();
      const { id, answers, tokens } = await logins(app(), 2);
      clock.advance(10_000);
      await api.post('/v1/sessions/current/refresh', { token: tokens[0]! });
      const third = await api.serviceLogin(id);
      expect(await codes(api, [...tokens, third.body.token])).toEqual(['session_displaced', 'live', 'live']);
      expect(third.body.displaced).toMatchObject([
        {
          id: answers[0]!.body.session.id,
          state: 'ended',
          endReason: 'displaced',
          endedBy: { sessionId: third.body.session.id },
        },
      ]);
    });

    it('gives a device that proves itself its own place again, and no further one', async () => {
      const { api } = app();
      const { mobile } = await api.createUser();
      const laptop = await api.login(mobile, LAPTOP);
      const phone = await api.login(mobile, PHONE);
      const again = await api.login(mobile, CHROME, { headers: browser(laptop) });
      expect(idsOf(again.body.displaced)).toEqual([laptop.body.session.id]);
      expect(again.body.session.device.id).toBe(laptop.body.session.device.id);
      expect(again.body.newDevice).toBe(false);
      const tokens = [laptop, phone, again].map(({ body }) => body.token as string);
      expect(await codes(api, tokens)).toEqual(['session_displaced', 'live', 'live']);
    });
  });

  under(engine, { SESSION_ON_LIMIT: 'end-least-recent', SESSION_LIMIT: '2' }, (app) => {
    it('ends the session unused for longest', async () => {
      const { api, clock } = app();
      const { id, tokens } = await logins(app(), 2);
      clock.advance(10_000);
      await api.post('/v1/sessions/current/refresh', { token: tokens[0]! });
      await api.serviceLogin(id);
      expect(await codes(api, tokens)).toEqual(['live', 'session_displaced']);
    });
  });

  under(engine, { SESSION_ON_LIMIT: 'end-all', SESSION_LIMIT: '2' }, (app) => {
    it('ends every session, but only when the limit is reached', async () => {
      const { id, tokens, answers } = await logins(app(), 2);
      expect(answers[1]!.body.displaced).toEqual([]);
      const third = await app().api.serviceLogin(id);
      expect(idsOf(third.body.displaced).sort()).toEqual(answers.map(({ body }) => body.session.id).sort());
      expect(await codes(app().api, tokens)).toEqual(['session_displaced', 'session_displaced']);
    });
  });

  under(engine, { SESSION_LIMIT_PER: 'device-class', SESSION_LIMIT: '1' }, (app) => {
    it('counts each class of device for itself', async () => {
      const { api } = app();
      const { id, tokens } = await logins(app(), 2);
      const third = await api.serviceLogin(id, { userAgent: CHROME });
      expect(third.body.session.device.class).toBe('desktop');
      expect(await codes(api, [...tokens, third.body.token])).toEqual(['session_displaced', 'live', 'live']);
    });
  });

  under(engine, { SESSION_LIMIT: 'none', SESSION_ON_LIMIT: 'refuse' }, (app) => {
    it('ends and refuses nobody', async () => {
      const { answers, tokens } = await logins(app(), 5);
      expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(201));
      expect(await codes(app().api, tokens)).toEqual(Array(5).fill('live'));
    });
  });

  under(engine, { SESSION_ON_LIMIT: 'refuse' }, (app) => {
    it('turns the newcomer away, says who is in, and leaves that one alone', async () => {
      const { api } = app();
      const { id, mobile, answers, tokens } = await logins(app(), 1);
      const refused = await api.login(mobile, PHONE);
      const { createdAt, lastSeenAt, device } = answers[0]!.body.session;
      expect(refused.body).toMatchObject({ status: 409, code: 'session_limit_reached' });
      expect(refused.body.sessions).toEqual([{ id: answers[0]!.body.session.id, device, createdAt, lastSeenAt }]);
      expect(refused.body).not.toHaveProperty('takeover');
      expect((await api.serviceLogin(id)).status).toBe(409);
      expect(await codes(api, tokens)).toEqual(['live']);
      await api.delete('/v1/sessions/current', { token: tokens[0]! });
      expect((await api.login(mobile, PHONE)).status).toBe(201);
    });

    it('lets a browser replace its own session by its cookie, and nothing that only looks like it', async () => {
      const { api } = app();
      const { mobile } = await api.createUser();
      const laptop = await api.login(mobile, LAPTOP);
      expect((await api.login(mobile, LAPTOP)).status).toBe(409);
      const strange = { cookie: `device=${'A'.repeat(43)}` };
      expect((await api.login(mobile, LAPTOP, { headers: strange })).status).toBe(409);
      const again = await api.login(mobile, LAPTOP, { headers: browser(laptop) });
      expect(again.status).toBe(201);
      expect(await codes(api, [laptop.body.token, again.body.token])).toEqual(['session_displaced', 'live']);
    });

    it('lets a native client replace its own session by its id and secret', async () => {
      const { api } = app();
      const { mobile } = await api.createUser();
      const first = await api.login(mobile, 'App/1', { headers: { 'x-device-id': 'new' } });
      const { id, secret } = first.body.device;
      expect((await api.login(mobile, 'App/1', { headers: { 'x-device-id': 'new' } })).status).toBe(409);
      const headers = { 'x-device-id': id, 'x-device-secret': secret };
      const again = await api.login(mobile, 'App/2', { headers });
      expect({ status: again.status, displaced: idsOf(again.body.displaced) }).toEqual({
        status: 201,
        displaced: [first.body.session.id],
      });
    });

    it("lets a service's device replace its own session by the name that the service has for it", async () => {
      const { api } = app();
      const { id } = await api.createUser();
      const login = (deviceId: string) => api.serviceLogin(id, { deviceId });
      expect((await login('laptop-1')).status).toBe(201);
      expect((await login('laptop-2')).status).toBe(409);
      expect((await login('laptop-1')).status).toBe(201);
    });

    it('counts no session that has timed out', async () => {
      const { id } = await logins(app(), 1);
      app().clock.advance(1_800_000);
      expect((await app().api.serviceLogin(id)).status).toBe(201);
    });
  });
});
