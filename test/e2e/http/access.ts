import { randomUUID } from 'node:crypto';
import { PHONE, type Answer } from '../../support/api.js';
import { ADMIN, SERVICE_KEY, startApp, type TestApp } from '../../support/app.js';
import { readOperations, type Operation } from '../../support/openapi.js';
import { adminToken, goodRequest, PEOPLE_SETTINGS, type Person } from '../../support/people.js';
import { ENGINES } from '../../support/stores.js';
import { share } from '../../support/tier.js';
import { withWebhook } from '../../support/webhooks.js';

const operations = await readOperations();
const titled = operations.map((operation): [string, Operation] => [operation.name, operation]);

const PUBLIC = [
  'GET /health/live',
  'GET /health/ready',
  'GET /logout',
  'GET /metrics',
  'GET /welcome',
  'POST /api/auth/login',
  'POST /api/auth/logout',
  'POST /api/auth/signup',
  'POST /login',
  'POST /logout',
  'POST /register',
  'POST /v1/codes',
  'POST /v1/login-requests/wait',
  'POST /v1/reports',
  'POST /v1/sessions',
  'POST /v1/sessions/takeover',
  'POST /v1/users',
  'POST /v1/users/recover',
  'POST /v1/users/recover/link',
];

const withoutRequestId = ({ status, body: { requestId: _, ...body } }: Answer) => ({ status, body });

describe('the OpenAPI document', () => {
  it('opens exactly the calls to anybody that have to be', () => {
    const open = operations.filter(({ callers }) => callers.includes('nobody')).map(({ name }) => name);
    expect(open.sort()).toEqual(PUBLIC);
  });

  it('asks for an administrator under /v1/admin and for a service key under /v1/service', () => {
    for (const { path, callers } of operations) {
      if (path.startsWith('/v1/admin/')) expect(callers).toEqual(['admin']);
      if (path.startsWith('/v1/service/')) expect(callers).toEqual(['service']);
    }
  });
});

describe.each(ENGINES)('%s: access', (engine) => {
  let test: TestApp;
  /** Whom each operation is tried on. */
  let subject: Person;
  let endedToken: string;
  beforeAll(async () => {
    test = await startApp(engine, { ...PEOPLE_SETTINGS, SESSION_LIMIT: '100', SESSION_ON_LIMIT: 'end-oldest' });
    subject = await newVisitor();
    endedToken = (await test.api.serviceLogin(subject.id)).body.token;
    await test.api.delete('/v1/sessions/current', { token: endedToken });
  });
  afterAll(() => test.close());

  /** As `newPerson`, without a ticket, for here nobody is asked. */
  async function newVisitor(): Promise<Person> {
    const { api } = test;
    const { id, mobile } = await api.createUser();
    const { token } = (await api.provedLogin(id)).body;
    const phone = (await api.serviceLogin(id, { userAgent: PHONE })).body;
    const [notice] = await api.inbox(token, (kinds) => kinds.includes('new_device'));
    return {
      id,
      mobile,
      displayName: '',
      token,
      otherSessionId: phone.session.id,
      otherDeviceId: phone.session.device.id,
      noticeId: notice!.id,
      ticket: '',
    };
  }

  /** Tokens of the subject and of the administrator that are live, until a call may have ended them. */
  let live: { user?: string; admin?: string } = {};
  const liveUserToken = async () => (live.user ??= (await test.api.serviceLogin(subject.id)).body.token as string);
  const liveAdminToken = async () => (live.admin ??= await adminToken(test.api));

  describe.each(titled.map(([name, operation], index) => ({ name, operation, index })))(
    '$name',
    ({ operation, index }) => {
      /** With a body of no fields: whoever is let in meets the validation, if anything. */
      const call = async (headers: Record<string, string>) => {
        const answer = await test.api.call(operation.method, goodRequest(operation, subject).path, { headers });
        if (/^DELETE|logout$/.test(operation.name)) live = {};
        return answer;
      };

      const letsIn = ({ status, body }: Answer) => {
        // Who is let in may still have to prove once more who they are.
        if (body?.code !== 'fresh_proof_required') expect([401, 403]).not.toContain(status);
        expect({ status, body, fine: status < 500 }).toMatchObject({ fine: true });
      };

      const asks = (answer: Answer, code: string) => {
        expect(answer).toMatchObject({ status: 401, body: { code, status: 401 } });
        expect(answer.headers.get('content-type')).toMatch('application/problem+json');
        expect(answer.headers.get('www-authenticate')).toMatch(/^(Bearer|Service)/);
      };

      const { callers } = operation;
      const takes = (kind: 'nobody' | 'user' | 'admin' | 'service') => callers.includes(kind);
      const takesSession = takes('user') || takes('admin');

      it(takes('nobody') ? 'lets anybody in' : 'is 401 for nobody', async () => {
        const answer = await call({});
        if (takes('nobody')) letsIn(answer);
        else asks(answer, takesSession ? 'authentication_required' : 'service_key_required');
      });

      it(`treats a user as ${callers.join(', ')} only`, async () => {
        const answer = await call({ authorization: `Bearer ${await liveUserToken()}` });
        if (takes('admin')) expect(answer).toMatchObject({ status: 403, body: { code: 'admin_required' } });
        else if (takes('user') || takes('nobody')) letsIn(answer);
        else asks(answer, 'service_key_required');
      });

      it(`treats an administrator as ${callers.join(', ')} only`, async () => {
        const answer = await call({ authorization: `Bearer ${await liveAdminToken()}` });
        if (takesSession || takes('nobody')) letsIn(answer);
        else asks(answer, 'service_key_required');
      });

      it(takes('service') ? 'lets a service in' : 'takes no service key for a session', async () => {
        const { status, body } = await call({ authorization: `Service ${SERVICE_KEY}` });
        if (takes('service') || takes('nobody')) expect([401, 403]).not.toContain(status);
        else expect({ status, code: body.code }).toEqual({ status: 401, code: 'authentication_required' });
      });

      it('refuses a wrong service key wherever it takes one', async () => {
        for (const key of share(['wrong-key-wrong-key-wrong-key-wrong', 'x', 'test'], index, 3)) {
          const answer = await call({ authorization: `Service ${key}` });
          if (takes('service')) asks(answer, 'service_key_required');
          else if (takes('nobody')) letsIn(answer);
          else asks(answer, 'authentication_required');
        }
      });

      it(takesSession ? 'tells the bearer of an ended session why' : 'does not ask for a session', async () => {
        const answer = await call({ authorization: `Bearer ${endedToken}` });
        if (takesSession) {
          asks(answer, 'session_logged_out');
          expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
          expect(answer.body.endedAt).toEqual(expect.any(String));
        } else if (takes('nobody')) letsIn(answer);
        else asks(answer, 'service_key_required');
      });
    },
  );

  it.each(titled.filter(([, { callers }]) => callers.includes('admin')))(
    'lets an administrator through on %s',
    async (_, operation) => {
      const token = await liveAdminToken();
      const person = operation.path.includes('/webhooks')
        ? await withWebhook(test, token, subject)
        : operation.method === 'GET'
          ? subject
          : await newVisitor();
      const { method, path, body } = goodRequest(operation, person);
      const { status } = await test.api.call(method, path, { token, ...(operation.body && { body }) });
      expect(Math.floor(status / 100)).toBe(2);
      // What one call has set is not in the way of the next.
      if (method === 'PUT') await test.api.delete(path, { token });
    },
  );

  describe('to what is of somebody else', () => {
    let person: Person;
    let other: Person;
    beforeAll(async () => {
      person = await newVisitor();
      other = await newVisitor();
    });

    it("answers for somebody else's session, device or notice as for one that does not exist", async () => {
      const { api } = test;
      const { token } = person;
      const calls: [string, string, string, object?][] = [
        ['DELETE', '/v1/sessions/:id', other.otherSessionId],
        ['PATCH', '/v1/devices/:id', other.otherDeviceId, { name: 'Mine now' }],
        ['DELETE', '/v1/devices/:id', other.otherDeviceId],
        ['PATCH', '/v1/notifications/:id', other.noticeId, { read: true }],
      ];
      for (const [method, path, foreignId, body] of calls) {
        const ask = async (id: string) => {
          const answer = await api.call(method, path.replace(':id', id), { token, ...(body && { body }) });
          return withoutRequestId(answer);
        };
        const foreign = await ask(foreignId);
        expect(foreign.status).toBe(404);
        expect(foreign).toEqual(await ask(randomUUID()));
      }
      const invalidate = async (sessionKey: string) =>
        withoutRequestId(await api.post('/invalidateSession', { token, body: { sessionKey } }));
      const foreign = await invalidate(other.otherSessionId);
      expect(foreign.status).toBe(404);
      expect(foreign).toEqual(await invalidate(randomUUID()));

      const theirs = await api.get('/v1/sessions', { token: other.token });
      expect(theirs.body.items.map(({ id }: { id: string }) => id)).toContain(other.otherSessionId);
    });

    it("lets an administrator end anybody's session, and says by whom it was ended", async () => {
      const { token, session } = (await test.api.serviceLogin(other.id)).body;
      const admin = await adminToken(test.api);
      expect((await test.api.delete(`/v1/sessions/${session.id}`, { token: admin })).status).toBe(204);
      expect((await test.api.delete(`/v1/sessions/${session.id}`, { token: admin })).status).toBe(204);
      expect((await test.api.current(token)).body.code).toBe('session_revoked_by_admin');
    });

    it('believes in the role as it is now, not as it was at the login', async () => {
      const { api } = test;
      const promote = (role: string, token: string) =>
        api.patch(`/v1/admin/users/${person.id}`, { token, body: { role } });
      const admin = await adminToken(api);
      const edit = () => api.patch(`/v1/admin/users/${other.id}`, { token: person.token, body: { role: 'user' } });
      expect((await promote('admin', admin)).status).toBe(200);
      expect((await edit()).status).toBe(200);
      expect((await promote('user', admin)).status).toBe(200);
      expect((await edit()).body.code).toBe('admin_required');
    });
  });
});

it('names no administrator but the one of the environment', async () => {
  const test = await startApp('sqlite');
  const answer = await test.api.login(ADMIN.username, 'AdminConsole/1.0', { password: ADMIN.password });
  await test.close();
  expect(answer.status).toBe(401);
});
