import { PASSWORD, PHONE, type Answer } from '../support/api.js';
import { ADMIN, SERVICE_KEY } from '../support/app.js';
import { contentOf } from '../support/content.js';
import { cookiesOf } from '../support/cookies.js';
import { sendRaw } from '../support/raw-http.js';
import { startServer, type TestServer } from '../support/server.js';
import { ENGINES, newStore, type TestStore } from '../support/stores.js';

const NEW_PASSWORD = 'slate-Meadow-19-lantern';
const WRONG_PASSWORD = 'wrong-Meadow-20-lantern';

const SETTINGS = {
  LOG_LEVEL: 'trace',
  SESSION_LIMIT: '1',
  SESSION_ON_LIMIT: 'ask',
  ADMIN_USERNAME: ADMIN.username,
  ADMIN_PASSWORD: ADMIN.password,
};

describe.each(ENGINES)('%s: secrets', (engine) => {
  let store: TestStore;
  let server: TestServer;
  /** Name and value of whatever must not be found again. */
  const secrets = new Map<string, string>();
  const mobiles = new Map<string, string>();
  let stored: string;
  let written: string;

  const keep = (name: string, answer: Answer): Answer => {
    const { body, headers } = answer;
    const secretsOfAnswer = {
      token: body.token,
      ticket: body.takeover?.ticket,
      'native device secret': (body.device ?? body.takeover?.device)?.secret,
      'device cookie': cookiesOf({ headers }).get('device')?.value,
    };
    for (const [kind, value] of Object.entries(secretsOfAnswer)) if (value) secrets.set(`${kind} of ${name}`, value);
    return answer;
  };

  beforeAll(async () => {
    store = newStore(engine);
    server = await startServer(store, SETTINGS);
    await live(server);
    stored = await contentOf(store);
    await server.end('SIGTERM');
    stored += await contentOf(store);
    written = server.output();
  });
  afterAll(async () => {
    await server.end('SIGKILL');
    await store.dispose();
  });

  /** All that a person and others do with secrets, and what goes wrong with them. */
  async function live({ api }: TestServer): Promise<void> {
    const { id, mobile } = await api.createUser();
    mobiles.set('E.164', mobile).set('national', mobile.slice(3));
    const laptop = keep('the laptop', await api.login(mobile)).body;
    keep('a browser on the phone', await api.login(mobile, PHONE));
    const asked = keep('the phone', await api.login(mobile, PHONE, { headers: { 'x-device-id': 'new' } })).body;
    const { ticket, device } = asked.takeover;
    const takeover = { ticket, end: [laptop.session.id] };
    const headers = { 'user-agent': PHONE, 'x-device-id': device.id, 'x-device-secret': device.secret };
    const phone = keep('the takeover', await api.post('/v1/sessions/takeover', { body: takeover, headers })).body;
    await api.post('/v1/sessions/takeover', { body: takeover });
    const refreshed = await api.post('/v1/sessions/current/refresh', { token: phone.token, body: { rotate: true } });
    const { token } = keep('the refresh', refreshed).body;
    await api.put('/v1/users/me/password', { token, body: { currentPassword: WRONG_PASSWORD, newPassword: PASSWORD } });
    await api.put('/v1/users/me/password', { token, body: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD } });
    await api.delete('/v1/sessions', { token });
    await api.current(token);
    keep('the service', await api.serviceLogin(id, { deviceId: 'a-device-that-a-service-names' }));
    await api.post('/v1/service/sessions/introspect', { service: true, body: { token } });
    keep('the admin', await api.login(ADMIN.username, 'x', { password: ADMIN.password }));
    await failures(server, mobile, token);
  }

  /** Whatever might make somebody log a request: refusals, unreadable bodies, paths and queries. */
  async function failures({ api }: TestServer, mobile: string, token: string): Promise<void> {
    const identifier = mobile;
    for (let i = 0; i < 7; i++) await api.login(mobile, `agent ${mobile}`, { password: WRONG_PASSWORD });
    await api.login(mobile, `agent ${token}`, { password: NEW_PASSWORD });
    const whole = { identifier, password: NEW_PASSWORD };
    await api.post('/v1/sessions', { body: { ...whole, [NEW_PASSWORD]: token } });
    await api.post('/v1/sessions', { body: `{"identifier":"${mobile}","password":"${NEW_PASSWORD}"` });
    await api.post('/v1/sessions', { body: { ...whole, password: { constructor: { token } } } });
    await api.post('/v1/service/sessions', { service: true, body: { user: [{ mobile }], userAgent: token } });
    await api.post('/v1/users', { body: { mobile, password: NEW_PASSWORD } });
    await api.post('/createUser', { service: true, body: { mobile, username: NEW_PASSWORD } });
    await api.get(`/user/${mobile}`, { service: true });
    await api.get(`/v1/service/users?mobile=${encodeURIComponent(mobile)}`, { service: true });
    await api.get(`/v1/users/${token}?token=${token}`, { token });
    await api.get(`/nothing/${mobile}/${token}`);
    await api.get('/v1/users/me', { headers: { authorization: `Service ${SERVICE_KEY}` } });
    const paths = [`/user/${mobile}%zz`, `/v1/users/${token}%zz?token=${token}`];
    for (const path of paths) await sendRaw(api.url, { method: 'GET', path });
    const huge = { authorization: `Bearer ${token}`, 'x-padding': token.repeat(300) };
    await sendRaw(api.url, { method: 'GET', path: '/v1/users/me', headers: huge });
  }

  it('are of every kind here', () => {
    const kinds = [...secrets.keys()].map((name) => name.split(' of ')[0]);
    expect([...new Set(kinds)].sort()).toEqual(['device cookie', 'native device secret', 'ticket', 'token']);
    expect(secrets.size).toBeGreaterThanOrEqual(8);
    expect(written).toMatch('"route":"/v1/sessions/takeover","status":201');
    expect(stored).toMatch(mobiles.get('E.164')!);
  });

  const passwords = { PASSWORD, NEW_PASSWORD, WRONG_PASSWORD, ADMIN: ADMIN.password, SERVICE_KEY };

  /** Names of those that are found. A token's secret also as the bytes and the hex that it stands for. */
  const foundIn = (text: string, values: Iterable<[string, string]>): string[] =>
    [...values].filter(([, value]) => formsOf(value).some((form) => text.includes(form))).map(([name]) => name);

  function formsOf(value: string): string[] {
    const bytes =
      /^(os|ot)t_/.test(value) || value.length === 43 ? Buffer.from(value.replace(/^o.t_/, ''), 'base64url') : null;
    if (!bytes) return [value, encodeURIComponent(value)];
    const secret = bytes.subarray(-32);
    return [value, value.slice(-40), secret.toString('latin1'), secret.toString('hex'), secret.toString('base64')];
  }

  it('are not logged, at the most talkative level either', () => {
    expect(foundIn(written, secrets)).toEqual([]);
    expect(foundIn(written, Object.entries(passwords))).toEqual([]);
  });

  it('are not logged in part: no mobile number is, in either form', () => {
    expect(foundIn(written, mobiles)).toEqual([]);
  });

  it('are not stored in clear', () => {
    expect(foundIn(stored, secrets)).toEqual([]);
    expect(foundIn(stored, Object.entries(passwords))).toEqual([]);
  });

  it('leave one JSON object a line in the log, whatever was sent', () => {
    const lines = written
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('Oneseat listens on '));
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number) });
  });
});
