import { PHONE } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { ENGINES } from '../../support/stores.js';

/** The value of a series, by its line up to the value; null where there is none. */
async function valueOf({ api }: TestApp, series: string): Promise<number | null> {
  const { body } = await api.get('/metrics');
  const line = (body as string).split('\n').find((text) => text.startsWith(`${series} `));
  return line ? Number(line.slice(series.length + 1)) : null;
}

const COUNT = 'oneseat_http_request_duration_seconds_count';

describe.each(ENGINES)('%s: the metrics', (engine) => {
  let test: TestApp;
  let other: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, { SESSION_ON_LIMIT: 'refuse' });
    other = await startApp(engine);
  });
  afterAll(async () => {
    await test.close();
    await other.close();
  });

  it('count logins, refusals and ended sessions, for this application alone', async () => {
    const { id } = await test.api.createUser();
    const { token } = (await test.api.serviceLogin(id)).body;
    for (let i = 0; i < 2; i++) expect((await test.api.serviceLogin(id, { userAgent: PHONE })).status).toBe(409);
    await test.api.delete('/v1/sessions/current', { token });
    expect(await valueOf(test, 'oneseat_logins_total')).toBe(1);
    expect(await valueOf(test, 'oneseat_refusals_total')).toBe(2);
    expect(await valueOf(test, 'oneseat_sessions_ended_total{reason="logged_out"}')).toBe(1);
    expect(await valueOf(other, 'oneseat_logins_total')).toBe(0);
  });

  it('count requests by route pattern, method and status, and name nobody', async () => {
    const { id, mobile } = await test.api.createUser();
    await test.api.get(`/user/${encodeURIComponent(mobile)}`, { service: true });
    await test.api.get(`/no/such/${id}`);
    expect(await valueOf(test, `${COUNT}{route="/user/:mobile",method="GET",status="200"}`)).toBe(1);
    expect(await valueOf(test, `${COUNT}{route="none",method="GET",status="404"}`)).toBeGreaterThanOrEqual(1);
    const { body, headers } = await test.api.get('/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    for (const personal of [id, mobile, mobile.slice(1), '127.0.0.1', '203.0.113.7'])
      expect(body).not.toContain(personal);
  });

  it('show live sessions as of 10 s ago at most, the outbox and the queue of hashes', async () => {
    const { id } = await other.api.createUser();
    const before = await valueOf(other, 'oneseat_live_sessions');
    await other.api.serviceLogin(id);
    expect(await valueOf(other, 'oneseat_live_sessions')).toBe(before);
    const later = await eventually(
      () => {
        other.clock.advance(10_000);
        return valueOf(other, 'oneseat_live_sessions');
      },
      (live) => live === before! + 1,
    );
    expect(later).toBe(before! + 1);
    expect(await valueOf(other, 'oneseat_outbox_waiting')).toBeGreaterThanOrEqual(0);
    expect(await valueOf(other, 'oneseat_hash_queue_length')).toBe(0);
    expect(await valueOf(other, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
  });
});

it('are for the bearer of METRICS_TOKEN alone, where it is set', async () => {
  const token = 'a-scraper-token-of-32-characters';
  const test = await startApp('sqlite', { METRICS_TOKEN: token });
  const answers = [
    await test.api.get('/metrics'),
    await test.api.get('/metrics', { token: `${token}x` }),
    await test.api.get('/metrics', { token }),
  ];
  await test.close();
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
    [401, 'metrics_token_required'],
    [401, 'metrics_token_required'],
    [200, undefined],
  ]);
});
