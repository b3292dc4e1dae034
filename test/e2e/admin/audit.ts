import { randomUUID } from 'node:crypto';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { PASSWORD, PHONE } from '../../support/api.js';
import { eventually } from '../../support/eventually.js';
import { adminToken } from '../../support/people.js';
import { ENGINES } from '../../support/stores.js';

const SETTINGS = { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password };
const REFUSE = { limit: 1, per: 'user', onLimit: 'refuse', idleTimeout: 600, maxAge: 600 };

describe.each(ENGINES)('%s: the audit record', (engine) => {
  let test: TestApp;
  let token: string;
  let admin: { kind: string; userId: string; sessionId: string };
  beforeAll(async () => {
    test = await startApp(engine, SETTINGS);
    token = await adminToken(test.api);
    const { user, session } = (await test.api.current(token)).body;
    admin = { kind: 'admin', userId: user.id, sessionId: session.id };
  });
  afterAll(() => test.close());

  const read = async (query: string) => (await test.api.get(`/v1/admin/${query}`, { token })).body;
  /** The entries about the user, oldest first, once there are so many: they follow the commit. */
  const entriesOf = async (id: string, count: number) => {
    const items = async () => (await read(`audit?limit=100&userId=${id}`)).items as any[];
    return (await eventually(items, ({ length }) => length >= count)).reverse();
  };
  const sorted = (entries: any[]) => entries.map(({ type, actor }) => `${type} by ${actor.kind}`).sort();

  it('tells what happened to an account, and by whom', async () => {
    const { id, mobile } = await test.api.createUser({ displayName: 'Asha Secret', email: 'audit@example.com' });
    const first = (await test.api.serviceLogin(id)).body;
    await test.api.serviceLogin(id, { userAgent: PHONE });
    await test.api.put(`/v1/admin/users/${id}/policy`, { token, body: REFUSE });
    for (let i = 0; i < 2; i++) expect((await test.api.serviceLogin(id)).status).toBe(409);
    await test.api.delete(`/v1/admin/users/${id}/policy`, { token });
    const own = (await test.api.login(mobile)).body;
    const body = { currentPassword: PASSWORD, newPassword: `${PASSWORD}-2` };
    await test.api.put('/v1/users/me/password', { token: own.token, body });
    await test.api.patch(`/v1/admin/users/${id}`, { token, body: { role: 'admin', locked: true } });

    const expected = [
      'device.first_seen by service',
      'device.first_seen by user',
      'password.changed by user',
      'policy.changed by admin',
      'policy.removed by admin',
      'session.ended by admin',
      'session.ended by service',
      'session.ended by user',
      'session.refused by service',
      'session.refused by service',
      'session.started by service',
      'session.started by service',
      'session.started by user',
      'sessions.displaced by service',
      'sessions.displaced by user',
      'user.created by service',
      'user.locked by admin',
      'user.role_changed by admin',
    ];
    const entries = await entriesOf(id, expected.length);
    expect(sorted(entries)).toEqual(expected);
    const one = (type: string) => entries.find((entry) => entry.type === type);
    expect(one('session.ended')).toMatchObject({
      details: { session: { id: first.session.id, endReason: 'displaced' } },
    });
    expect(one('policy.changed')).toMatchObject({ actor: admin, details: { scope: `user:${id}`, policy: REFUSE } });
    expect(one('user.role_changed')).toMatchObject({ actor: admin, details: { role: 'admin' } });
    expect(one('session.refused')).toMatchObject({
      actor: { kind: 'service', name: 'test' },
      details: { ip: '203.0.113.7' },
    });
    expect(JSON.stringify(entries)).not.toMatch(/Secret|audit@|\+91|Firefox|Safari|tokenHash|argon/);
  });

  it('is found by actor and type, page by page', async () => {
    const { id } = await test.api.createUser();
    for (const locked of [true, false, true])
      await test.api.patch(`/v1/admin/users/${id}`, { token, body: { locked } });
    await entriesOf(id, 4);
    const query = `audit?actor=${admin.userId}&type=user.locked&userId=${id}&limit=1`;
    const page = await read(query);
    const next = await read(`${query}&cursor=${page.nextCursor}`);
    expect([...page.items, ...next.items].map(({ type, userId }: any) => [type, userId])).toEqual([
      ['user.locked', id],
      ['user.locked', id],
    ]);
    expect(next.nextCursor).toBeNull();
    for (const wrong of ['actor=x', 'type=x', 'userId=x'])
      expect(await read(`audit?${wrong}`)).toMatchObject({ status: 400 });
  });

  it('records a policy for everybody, whose change takes effect afterwards', async () => {
    await test.api.put('/v1/admin/roles/user/policy', { token, body: REFUSE });
    await test.api.delete('/v1/admin/roles/user/policy', { token });
    const { items } = await read('audit?type=policy.changed');
    expect(items[0]).toMatchObject({ userId: null, actor: admin, details: { scope: 'role:user' } });
  });

  it('names the service that vouched for a login also where a ticket completed it', async () => {
    const { id } = await test.api.createUser();
    await test.api.put(`/v1/admin/users/${id}/policy`, { token, body: { ...REFUSE, onLimit: 'ask' } });
    const { session } = (await test.api.serviceLogin(id)).body;
    const { takeover } = (await test.api.serviceLogin(id)).body;
    const body = { ticket: takeover.ticket, end: [session.id] };
    expect((await test.api.post('/v1/sessions/takeover', { body })).status).toBe(201);
    const entries = await entriesOf(id, 7);
    expect(sorted(entries).filter((line) => line.startsWith('session.'))).toEqual([
      'session.ended by service',
      'session.refused by service',
      'session.started by service',
      'session.started by service',
    ]);
  });

  it('records what administrators do with webhooks, of the address its origin alone', async () => {
    const target = { url: 'https://93.184.215.14/hooks/very-secret', events: ['session.ended'], enabled: false };
    const { id, secret } = (await test.api.post('/v1/admin/webhooks', { token, body: target })).body;
    const hook = `/v1/admin/webhooks/${id}`;
    await test.api.patch(hook, { token, body: { events: ['user.created'] } });
    await test.api.post(`${hook}/rotate-secret`, { token });
    const deliveryId = randomUUID();
    await test.api.post(`${hook}/deliveries/${deliveryId}/redeliver`, { token });
    await test.api.delete(hook, { token });
    expect((await test.api.delete(hook, { token })).status).toBe(404);
    const { items } = await read(`audit?actor=${admin.userId}&limit=5`);
    expect(items.map(({ type, details }: any) => [type, details])).toEqual([
      ['webhook.removed', { webhookId: id }],
      ['delivery.redelivered', { webhookId: id, deliveryId }],
      ['webhook.secret_rotated', { webhookId: id }],
      ['webhook.edited', { webhookId: id, events: ['user.created'] }],
      [
        'webhook.registered',
        { webhookId: id, origin: 'https://93.184.215.14', events: ['session.ended'], enabled: false },
      ],
    ]);
    expect(JSON.stringify(items)).not.toMatch(new RegExp(`very-secret|${secret}`));
  });

  it('counts what each hour brought', async () => {
    test.clock.advance(2 * 3_600_000);
    token = await adminToken(test.api);
    const { id } = await test.api.createUser();
    await test.api.serviceLogin(id);
    await test.api.serviceLogin(id, { userAgent: PHONE });
    await test.api.put(`/v1/admin/users/${id}/policy`, { token, body: REFUSE });
    await test.api.serviceLogin(id);
    await entriesOf(id, 8);
    // On MongoDB the count follows the record.
    const { hours, liveSessions } = await eventually(
      () => read('stats?hours=2'),
      (stats) => stats.liveSessions >= 2,
    );
    expect(hours).toHaveLength(2);
    expect(hours[0]).toMatchObject({ logins: 3, displacements: 1, refusals: 1 });
    expect(hours[1]).toMatchObject({ logins: 0, displacements: 0, refusals: 0 });
    expect(Date.parse(hours[0].hour) - Date.parse(hours[1].hour)).toBe(3_600_000);
    expect(liveSessions).toBeGreaterThanOrEqual(2);
    for (const wrong of [0, 169, 'x']) expect(await read(`stats?hours=${wrong}`)).toMatchObject({ status: 400 });
  });

  it('has failed logins, once for an account, a network and an hour, however many', async () => {
    const { id, mobile } = await test.api.createUser({ email: 'failing@example.com' });
    const failed = async () =>
      ((await read(`audit?limit=100&userId=${id}&type=login.failed`)).items as any[]).reverse();
    for (let count = 0; count < 3; count++) await test.api.login(mobile, 'x', { password: `wrong ${count}` });
    await test.api.login('failing@example.com', 'x', { password: 'wrong' });
    await test.api.post('/v1/sessions', { body: { identifier: mobile, code: '123456' } });
    const entry = { userId: id, actor: { kind: 'system' } };
    expect(await failed()).toEqual([expect.objectContaining({ ...entry, details: { ip: '127.0.0.1', count: 5 } })]);
    test.clock.advance(3_600_000);
    token = await adminToken(test.api);
    await test.api.login(mobile, 'x', { password: 'wrong' });
    test.clock.advance(2000);
    expect((await failed()).map(({ details }) => details.count)).toEqual([5, 1]);
    expect((await test.api.login(mobile)).status).toBe(201);
    expect(await failed()).toHaveLength(2);
  });

  it('has failed logins of nobody as one number an hour, without what was tried', async () => {
    test.clock.advance(3_600_000);
    token = await adminToken(test.api);
    for (let count = 0; count < 20; count++) await test.api.login(`stranger-${count}`, 'x', { password: 'guess' });
    const { items } = await read('audit?limit=100&type=login.failed');
    const [entry, ...earlier] = items.filter(({ userId }: any) => userId === null);
    expect(entry).toMatchObject({ userId: null, actor: { kind: 'system' }, details: { count: 20 } });
    expect(Object.keys(entry.details)).toEqual(['count']);
    for (const { at } of earlier) expect(Date.parse(at)).toBeLessThan(Date.parse(entry.at) - 1000);
    expect(JSON.stringify(items)).not.toMatch(/stranger-|guess/);
  });

  it('has exports, before they begin, and forgotten devices', async () => {
    const { id, mobile } = await test.api.createUser({ displayName: 'Asha Secret' });
    const own = (await test.api.login(mobile)).body;
    expect((await test.api.get('/v1/users/me/export', { token: own.token })).status).toBe(200);
    const device = own.session.device.id as string;
    expect((await test.api.delete(`/v1/devices/${device}`, { token: own.token })).status).toBe(204);
    const entries = await entriesOf(id, 5);
    const by = { sessionId: own.session.id, device: { id: device, class: 'desktop' }, ip: '127.0.0.1' };
    const one = (type: string) => entries.filter((entry) => entry.type === type);
    const actor = { kind: 'user', userId: id, sessionId: own.session.id };
    expect(one('export.handed_out')).toEqual([expect.objectContaining({ actor, details: { by } })]);
    expect(one('device.forgotten')).toEqual([expect.objectContaining({ actor, details: { deviceId: device, by } })]);
    expect(JSON.stringify(entries)).not.toMatch(/Secret|\+91|Firefox/);
  });
});
