import { randomUUID } from 'node:crypto';
import { mock } from 'node:test';
import type { Type } from '@nestjs/common';
import { AccountStore, type Session } from '../../../src/accounts/index.js';
import type { ClientContext } from '../../../src/devices/index.js';
import { DevicesService } from '../../../src/devices/devices.service.js';
import { SessionRecheck } from '../../../src/realtime/session-recheck.service.js';
import { SessionsService, SessionValidator } from '../../../src/sessions/index.js';
import { AccountEditor } from '../../../src/users/account-editor.service.js';
import { LAPTOP, PASSWORD, type Answer } from '../../support/api.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { cookiesOf } from '../../support/cookies.js';
import { eventually } from '../../support/eventually.js';
import { connect, refusal } from '../../support/sockets.js';
import { ENGINES } from '../../support/stores.js';

const MINUTE = 60_000;
const CLIENT: ClientContext = {
  ip: '203.0.113.7',
  userAgent: LAPTOP,
  hints: null,
  proof: { kind: 'browser', secrets: [] },
};

describe.each(ENGINES)('%s: sessions', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    const admin = { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password };
    test = await startApp(engine, { SESSION_LIMIT: 'none', SESSION_MAX_AGE: '3600', ...admin });
  });
  afterAll(() => test.close());

  /** A person with so many sessions, oldest first. */
  async function personWith(count: number): Promise<{ id: string; mobile: string; tokens: string[]; ids: string[] }> {
    const person = await test.api.createUser();
    const logins: Answer[] = [];
    for (let i = 0; i < count; i++) logins.push(await test.api.serviceLogin(person.id));
    return {
      ...person,
      tokens: logins.map(({ body }) => body.token),
      ids: logins.map(({ body }) => body.session.id),
    };
  }

  const codeOf = async (token: string) => (await test.api.current(token)).body.code;
  const listed = async (token: string, query = '') =>
    (await test.api.get(`/v1/sessions${query}`, { token })).body.items as Record<string, any>[];

  describe('the list', () => {
    it('shows own sessions of the asked state, newest first', async () => {
      const { tokens, ids } = await personWith(4);
      await personWith(1);
      await test.api.delete(`/v1/sessions/${ids[1]!}`, { token: tokens[3]! });
      const seen = async (query: string) => (await listed(tokens[3]!, query)).map(({ id }) => id);
      expect(await seen('')).toEqual([ids[3], ids[2], ids[0]]);
      expect(await seen('?state=live')).toEqual([ids[3], ids[2], ids[0]]);
      expect(await seen('?state=ended')).toEqual([ids[1]]);
      expect(await seen('?state=all')).toEqual([...ids].reverse());
      const [own, other] = await listed(tokens[3]!);
      expect([own!.current, other!.current]).toEqual([true, false]);
    });

    it('leads through all pages, live and ended, none twice and none left out', async () => {
      const { tokens, ids } = await personWith(7);
      for (const i of [0, 2, 5]) await test.api.delete(`/v1/sessions/${ids[i]!}`, { token: tokens[6]! });
      const seen: string[] = [];
      const sizes: number[] = [];
      let cursor: string | null = null;
      do {
        const query: string = cursor ? `&cursor=${cursor}` : '';
        const { body }: Answer = await test.api.get(`/v1/sessions?state=all&limit=3${query}`, { token: tokens[6]! });
        seen.push(...body.items.map(({ id }: { id: string }) => id));
        sizes.push(body.items.length);
        cursor = body.nextCursor;
      } while (cursor);
      expect(seen).toEqual([...ids].reverse());
      expect(sizes).toEqual([3, 3, 1]);
    });

    it.each(['state=dead', 'limit=0', 'limit=101', 'cursor=x', 'user=me'])(
      'refuses ?%s, naming the field',
      async (query) => {
        const { tokens } = await personWith(1);
        const { status, body } = await test.api.get(`/v1/sessions?${query}`, { token: tokens[0]! });
        expect({ status, code: body.code }).toEqual({ status: 400, code: 'validation_failed' });
        expect(body.errors).toEqual([expect.objectContaining({ field: query.split('=')[0] })]);
      },
    );
  });

  it('says who is logged in, and nothing of hashes', async () => {
    const { id, mobile, tokens, ids } = await personWith(1);
    const { body } = await test.api.current(tokens[0]!);
    expect(body.user).toMatchObject({ id, mobile, role: 'user', mobileVerifiedAt: null });
    expect(body.session).toMatchObject({ id: ids[0], userId: id, state: 'live', current: true, ip: '203.0.113.7' });
    expect(Object.keys(body.session).sort()).toEqual(
      [
        'createdAt',
        'current',
        'device',
        'expiresAt',
        'id',
        'idleExpiresAt',
        'ip',
        'lastSeenAt',
        'state',
        'userAgent',
        'userId',
      ].sort(),
    );
    expect(JSON.stringify(body)).not.toMatch(/hash|version/i);
  });

  describe('refresh', () => {
    it('restarts the idle time before it answers', async () => {
      const { tokens, ids } = await personWith(1);
      test.clock.advance(20 * MINUTE);
      const { status, body } = await test.api.post('/v1/sessions/current/refresh', { token: tokens[0]! });
      expect({ status, id: body.id, token: body.token }).toEqual({ status: 200, id: ids[0], token: undefined });
      expect(Date.parse(body.idleExpiresAt) - Date.parse(body.createdAt)).toBeGreaterThanOrEqual(50 * MINUTE);
      test.clock.advance(29 * MINUTE);
      expect((await test.api.current(tokens[0]!)).status).toBe(200);
    });

    describe('with a new token', () => {
      const rotate = async (token: string): Promise<string> => {
        const { status, body } = await test.api.post('/v1/sessions/current/refresh', { token, body: { rotate: true } });
        expect(status).toBe(200);
        return body.token;
      };
      const SECOND = 1000;
      const stateOf = async (token: string) => (await codeOf(token)) ?? 'live';

      it('stays the session, sets the cookie, and the old token is good until the new one is used, and ten seconds more', async () => {
        const { tokens, ids } = await personWith(1);
        const old = tokens[0]!;
        const rotated = await test.api.post('/v1/sessions/current/refresh', { token: old, body: { rotate: true } });
        const token: string = rotated.body.token;
        expect(cookiesOf(rotated).get('session')?.value).toBe(token);
        test.clock.advance(10 * MINUTE);
        expect(await stateOf(old)).toBe('live');
        expect((await test.api.current(token)).body.session.id).toBe(ids[0]);
        test.clock.advance(9 * SECOND);
        expect([await stateOf(old), await stateOf(token)]).toEqual(['live', 'live']);
        await test.api.delete('/v1/sessions/current', { token });
        expect([await stateOf(old), await stateOf(token)]).toEqual(['session_logged_out', 'session_logged_out']);
      });

      it('ends where the old token is used later, and both holders and the inbox are told', async () => {
        const { id: userId, tokens } = await personWith(2);
        const [old, other] = tokens as [string, string];
        const token = await rotate(old);
        expect(await stateOf(token)).toBe('live');
        test.clock.advance(10 * SECOND);
        expect((await test.api.current(old)).body).toMatchObject({
          status: 401,
          code: 'session_token_reused',
          endedAt: expect.any(String),
        });
        expect([await stateOf(token), await stateOf(old)]).toEqual(['session_token_reused', 'session_token_reused']);
        expect(await stateOf(other)).toBe('live');
        const inbox = await test.api.inbox(other, (kinds) => kinds.includes('token_reused'));
        const notices = inbox.filter(({ kind }) => kind === 'token_reused');
        expect(notices).toMatchObject([{ session: null, device: null, ip: null }]);
        expect(
          (await test.api.patch(`/v1/notifications/${notices[0]!.id}`, { token: other, body: { read: true } })).status,
        ).toBe(200);
        const { items } = (await test.api.get('/v1/sessions?state=ended', { token: other })).body;
        expect(items).toMatchObject([{ endReason: 'token_reused', userId }]);
        expect(JSON.stringify([inbox, items])).not.toMatch(/rotation|predecessor/);
      });

      it('knows nothing of tokens before the last but one', async () => {
        const { tokens } = await personWith(1);
        const second = await rotate(tokens[0]!);
        const third = await rotate(second);
        expect([await stateOf(tokens[0]!), await stateOf(second)]).toEqual(['invalid_token', 'live']);
        expect(await stateOf(third)).toBe('live');
        test.clock.advance(10 * SECOND);
        expect([await stateOf(tokens[0]!), await stateOf(third)]).toEqual(['invalid_token', 'live']);
      });

      it('is not lost with an answer that was, nor in a race: both new tokens work', async () => {
        const { tokens } = await personWith(1);
        const raced = await Promise.all([rotate(tokens[0]!), rotate(tokens[0]!)]);
        expect(await stateOf(tokens[0]!)).toBe('live');
        expect(await Promise.all(raced.map(stateOf))).toEqual(['live', 'live']);
        test.clock.advance(9 * SECOND);
        expect(await Promise.all(raced.map(stateOf))).toEqual(['live', 'live']);
      });

      it('betrays a thief who rotates a stolen token, whoever is first', async () => {
        for (const thiefFirst of [true, false]) {
          const { tokens } = await personWith(1);
          const [thiefs, owners] = [await rotate(tokens[0]!), await rotate(tokens[0]!)];
          const [first, second] = thiefFirst ? [thiefs, owners] : [owners, thiefs];
          expect(await stateOf(first)).toBe('live');
          test.clock.advance(10 * SECOND);
          expect(await stateOf(second)).toBe('session_token_reused');
          expect(await stateOf(first)).toBe('session_token_reused');
        }
      });

      it('writes once, however often it is used', async () => {
        const { tokens } = await personWith(1);
        const token = await rotate(tokens[0]!);
        const change = mock.method(test.app.get(AccountStore, { strict: false }), 'change');
        await Promise.all([stateOf(token), stateOf(token), stateOf(token)]);
        const racing = change.mock.callCount();
        expect(racing).toBeGreaterThan(0);
        for (let i = 0; i < 5; i++) await stateOf(token);
        await stateOf(tokens[0]!);
        expect(change.mock.callCount()).toBe(racing);
        change.mock.restore();
      });

      it('is no other session to a service that asks, and a late token ends it there too', async () => {
        const { tokens } = await personWith(1);
        const token = await rotate(tokens[0]!);
        const ask = async (shown: string) =>
          (await test.api.post('/v1/service/sessions/introspect', { service: true, body: { token: shown } })).body;
        expect([await ask(tokens[0]!), await ask(token)]).toMatchObject([{ active: true }, { active: true }]);
        test.clock.advance(10 * SECOND);
        expect(await ask(tokens[0]!)).toMatchObject({ active: false, code: 'session_token_reused' });
        expect(await ask(token)).toMatchObject({ active: false, code: 'session_token_reused' });
      });

      it('keeps its socket; one that comes with a late token ends the session, and every socket hears why', async () => {
        const { tokens } = await personWith(1);
        const socket = await connect(test.url, tokens[0]!);
        const token = await rotate(tokens[0]!);
        const second = await connect(test.url, token);
        test.clock.advance(10 * SECOND);
        await test.app.get(SessionRecheck, { strict: false }).recheck();
        expect([socket.socket.connected, second.socket.connected]).toEqual([true, true]);
        expect(await refusal(test.url, { auth: { token: tokens[0]! } })).toMatchObject({
          code: 'session_token_reused',
        });
        expect(await socket.hear('session.ended')).toMatchObject([{ reason: 'token_reused' }]);
        expect(await second.hear('session.ended')).toMatchObject([{ reason: 'token_reused' }]);
      });

      it('is refused where its token ended the session in between', async () => {
        const { tokens } = await personWith(1);
        await stateOf(await rotate(tokens[0]!));
        test.clock.advance(10 * SECOND);
        const late = await test.api.post('/v1/sessions/current/refresh', { token: tokens[0]!, body: { rotate: true } });
        expect(late.body).toMatchObject({ status: 401, code: 'session_token_reused' });
      });
    });
  });

  describe('ending', () => {
    it('by logging out takes the cookie along, and leaves the other sessions', async () => {
      const { tokens } = await personWith(2);
      const logout = await test.api.delete('/v1/sessions/current', { token: tokens[0]! });
      expect(logout.status).toBe(204);
      expect([...cookiesOf(logout)]).toEqual([['session', expect.objectContaining({ value: '' })]]);
      expect([await codeOf(tokens[0]!), await codeOf(tokens[1]!)]).toEqual(['session_logged_out', undefined]);
    });

    it('of another own session is a revocation; of one that has ended, 204 again', async () => {
      const { tokens, ids } = await personWith(2);
      const end = () => test.api.delete(`/v1/sessions/${ids[0]!}`, { token: tokens[1]! });
      expect((await end()).status).toBe(204);
      const [ended] = await listed(tokens[1]!, '?state=ended');
      expect((await end()).status).toBe(204);
      expect(await listed(tokens[1]!, '?state=ended')).toEqual([ended]);
      expect(ended).toMatchObject({
        state: 'ended',
        endReason: 'revoked',
        endedBy: { sessionId: ids[1], ip: '203.0.113.7' },
      });
      const { body } = await test.api.current(tokens[0]!);
      expect(body).toMatchObject({ code: 'session_revoked', endedAt: ended!.endedAt });
      expect(body).not.toHaveProperty('endedBy');
    });

    it("of somebody else's, or of none, is 404 and changes nothing", async () => {
      const [mine, theirs] = [await personWith(1), await personWith(1)];
      const end = (id: string) => test.api.delete(`/v1/sessions/${id}`, { token: mine.tokens[0]! });
      expect((await end(theirs.ids[0]!)).body).toMatchObject({ status: 404, code: 'session_not_found' });
      expect((await end(randomUUID())).status).toBe(404);
      expect((await end('current-or-so')).status).toBe(400);
      expect((await test.api.current(theirs.tokens[0]!)).status).toBe(200);
    });

    it('of all counts them and calls the own one logged out; except=current keeps that one', async () => {
      const { tokens } = await personWith(3);
      const others = await test.api.delete('/v1/sessions?except=current', { token: tokens[2]! });
      expect(others.body).toEqual({ ended: 2 });
      const more = await personWith(3);
      expect((await test.api.delete('/v1/sessions', { token: more.tokens[2]! })).body).toEqual({ ended: 3 });
      expect(await Promise.all(tokens.map(codeOf))).toEqual(['session_revoked', 'session_revoked', undefined]);
      const codes = ['session_revoked', 'session_revoked', 'session_logged_out'];
      expect(await Promise.all(more.tokens.map(codeOf))).toEqual(codes);
      expect((await test.api.delete('/v1/sessions?except=none', { token: tokens[2]! })).status).toBe(400);
    });

    it('by an administrator reaches any session', async () => {
      const { tokens, ids } = await personWith(2);
      const admin = await test.api.login(ADMIN.username, LAPTOP, { password: ADMIN.password });
      expect((await test.api.delete(`/v1/sessions/${ids[0]!}`, { token: admin.body.token })).status).toBe(204);
      expect([await codeOf(tokens[0]!), await codeOf(tokens[1]!)]).toEqual(['session_revoked_by_admin', undefined]);
      const [ended] = await listed(tokens[1]!, '?state=ended');
      expect(ended).not.toHaveProperty('endedBy');
    });
  });

  describe('a timeout', () => {
    it('strikes what is idle, and no clock that steps back revives it', async () => {
      const { tokens } = await personWith(1);
      test.clock.advance(30 * MINUTE);
      const { status, body } = await test.api.current(tokens[0]!);
      expect({ status, code: body.code }).toEqual({ status: 401, code: 'session_idle_timeout' });
      test.clock.advance(-29 * MINUTE);
      expect((await test.api.current(tokens[0]!)).body).toMatchObject({ code: body.code, endedAt: body.endedAt });
    });

    it('strikes at the maximum age, however busy the session is', async () => {
      const { tokens } = await personWith(1);
      for (let i = 0; i < 2; i++) {
        test.clock.advance(25 * MINUTE);
        expect((await test.api.post('/v1/sessions/current/refresh', { token: tokens[0]! })).status).toBe(200);
      }
      test.clock.advance(10 * MINUTE);
      const { body } = await test.api.current(tokens[0]!);
      expect(body.code).toBe('session_expired');
      expect((await test.api.post('/v1/sessions/current/refresh', { token: tokens[0]! })).status).toBe(401);
    });

    it('is seen by the list too, which calls none of them live', async () => {
      const { id, tokens, ids } = await personWith(2);
      test.clock.advance(20 * MINUTE);
      const fresh = (await test.api.serviceLogin(id)).body;
      await test.api.post('/v1/sessions/current/refresh', { token: tokens[1]! });
      test.clock.advance(15 * MINUTE);
      expect((await listed(fresh.token)).map((session) => session.id)).toEqual([fresh.session.id, ids[1]]);
      const ended = await listed(fresh.token, '?state=ended');
      expect(ended).toMatchObject([{ id: ids[0], endReason: 'idle_timeout' }]);
    });
  });

  it('renews lastSeenAt by use, off the path of the request', async () => {
    const { id, tokens } = await personWith(1);
    test.clock.advance(2 * MINUTE);
    const used = test.clock.now().toISOString();
    await test.api.current(tokens[0]!);
    const read = async () =>
      (await test.api.get(`/v1/service/users/${id}/sessions`, { service: true })).body.items[0] as Record<
        string,
        string
      >;
    const seen = await eventually(read, ({ lastSeenAt }) => lastSeenAt! >= used);
    expect(seen.lastSeenAt! >= used).toBe(true);
    expect(Date.parse(seen.idleExpiresAt!) - Date.parse(seen.lastSeenAt!)).toBe(30 * MINUTE);
    test.clock.advance(29 * MINUTE);
    expect((await test.api.current(tokens[0]!)).status).toBe(200);
  });

  it('tells only the bearer of its token why a session ended', async () => {
    const { tokens, ids } = await personWith(2);
    await test.api.delete(`/v1/sessions/${ids[0]!}`, { token: tokens[1]! });
    const stranger = await test.api.current(tokens[0]!.slice(0, -8) + tokens[1]!.slice(-8));
    expect(Object.keys(stranger.body).sort()).toEqual(['code', 'detail', 'requestId', 'status', 'title', 'type']);
    expect(stranger.body.code).toBe('invalid_token');
    const nobody = await test.api.get('/v1/sessions/current');
    expect(nobody.body).toMatchObject({ status: 401, code: 'authentication_required' });
    expect(nobody.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('starts by a password, for mobile, username and e-mail alike', async () => {
    const tag = randomUUID().slice(0, 8);
    const { mobile } = await test.api.createUser({ username: `asha.${tag}`, email: `asha.${tag}@example.com` });
    for (const identifier of [mobile, mobile.slice(3), `ASHA.${tag}`, `Asha.${tag}@Example.com`]) {
      const { status, body } = await test.api.login(identifier);
      expect({ status, type: body.tokenType, mobile: body.user?.mobile }).toEqual({
        status: 201,
        type: 'Bearer',
        mobile,
      });
    }
    const wrong = await test.api.login(mobile, LAPTOP, { password: `${PASSWORD}!` });
    const unknown = await test.api.login(`nobody.${tag}`, LAPTOP);
    expect(wrong.body).toMatchObject({ status: 401, code: 'invalid_credentials' });
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
  });

  describe('one that ends between the guard and the commit', () => {
    const services = () => {
      const get = <T>(of: Type<T>): T => test.app.get(of, { strict: false });
      return { sessions: get(SessionsService), devices: get(DevicesService), editor: get(AccountEditor) };
    };

    it.each<[string, (session: Session) => Promise<unknown>]>([
      ['a refresh', (session) => services().sessions.refresh(session)],
      [
        'a new password',
        (session) => services().editor.changePassword(session, { currentPassword: PASSWORD }, `${PASSWORD}-2`, CLIENT),
      ],
      ['an edit', (session) => services().editor.editProfile(session, { displayName: 'Asha' }, CLIENT)],
      ['a device’s name', (session) => services().devices.rename(session, session.device.id, 'Mine')],
      ['forgetting a device', (session) => services().devices.forget(session, session.device.id)],
    ])('is told why instead of %s', async (_, change) => {
      const { tokens, ids } = await personWith(2);
      const validator = test.app.get(SessionValidator, { strict: false });
      const letIn = async (token: string) => ((await validator.validate(token)) as { session: Session }).session;
      const [ended, idle] = [await letIn(tokens[0]!), await letIn(tokens[1]!)];
      await test.api.delete(`/v1/service/sessions/${ids[0]!}`, { service: true });
      await expect(change(ended)).rejects.toMatchObject({ code: 'session_revoked_by_service' });
      test.clock.advance(31 * MINUTE);
      await expect(change(idle)).rejects.toMatchObject({ code: 'session_idle_timeout' });
      expect(await codeOf(tokens[1]!)).toBe('session_idle_timeout');
    });
  });
});
