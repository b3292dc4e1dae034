import { randomInt, randomUUID } from 'node:crypto';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { adminToken } from '../../support/people.js';
import { ENGINES } from '../../support/stores.js';

interface Someone {
  readonly id: string;
  readonly token: string;
  readonly username: string;
  readonly email: string;
}

const SETTINGS = { SESSION_LIMIT: 'none', ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password };

/** What a stranger, an acquaintance and an administrator see of people, under each `DIRECTORY`. */
describe.each(ENGINES)('%s: the directory', (engine) => {
  const started = {} as { test: TestApp };
  const startedWith = (settings: Record<string, string>) => {
    beforeAll(async () => {
      started.test = await startApp(engine, { ...SETTINGS, ...settings });
    });
    afterAll(() => started.test.close());
  };

  async function someone(displayName?: string): Promise<Someone> {
    const username = `u${randomUUID().slice(0, 12)}`;
    const email = `${randomUUID().slice(0, 12)}@example.com`;
    const { id } = await started.test.api.createUser({ username, email, ...(displayName && { displayName }) });
    return { id, token: (await started.test.api.serviceLogin(id)).body.token, username, email };
  }
  const write = async (from: Someone, to: Someone) => {
    const message = { token: from.token, body: { to: to.id, text: 'Hello' } };
    expect((await started.test.api.post('/v1/messages', message)).status).toBe(201);
  };
  const contacts = (of: Someone, query: Record<string, string> = {}) =>
    started.test.api.get(`/v1/contacts?${new URLSearchParams(query).toString()}`, { token: of.token });
  const idsIn = async (of: Someone, query: Record<string, string> = {}): Promise<string[]> => {
    const { status, body } = await contacts(of, query);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body.items.map(({ user }: { user: { id: string } }) => user.id);
  };
  const profile = async (of: Someone, id: string) =>
    (await started.test.api.get(`/v1/users/${id}`, { token: of.token })).status;
  const earlier = async (of: Someone): Promise<string[]> => {
    const { body } = await started.test.api.get('/api/messages/users', { token: of.token });
    return body.map(({ _id }: { _id: string }) => _id);
  };

  describe('of contacts, by default', () => {
    startedWith({});

    it('shows a fresh stranger nobody', async () => {
      const [stranger, asha] = [await someone(), await someone()];
      expect(await idsIn(stranger)).toEqual([]);
      const { username, email } = asha;
      for (const query of [username.slice(0, -1), username.slice(1), email.slice(0, -1), '@example.com', 'example.com'])
        expect(await idsIn(stranger, { query })).toEqual([]);
      expect(await idsIn(stranger, { query: 'root' })).toEqual([]);
      expect(await profile(stranger, asha.id)).toBe(404);
    });

    it('finds whom one can name exactly, with an id to write to and without their presence', async () => {
      const [asha, ravi] = [await someone(), await someone('Ravi')];
      for (const query of [ravi.username, ravi.username.toUpperCase(), ravi.email, ravi.email.toUpperCase()]) {
        const { body } = await contacts(asha, { query });
        expect(body).toEqual({
          items: [
            {
              user: { id: ravi.id, username: ravi.username, displayName: 'Ravi', avatarUrl: null },
              lastMessage: null,
              unread: 0,
              online: false,
              lastSeenAt: null,
            },
          ],
          nextCursor: null,
        });
      }
      await write(asha, ravi);
      expect(await profile(asha, ravi.id)).toBe(200);
      expect(await profile(ravi, asha.id)).toBe(200);
      expect(await idsIn(ravi)).toEqual([asha.id]);
    });

    it('does not find oneself, a mobile, the locked, and the deleted', async () => {
      const { api } = started.test;
      const asha = await someone();
      expect(await idsIn(asha, { query: asha.username })).toEqual([]);
      const mobile = `+9198${randomInt(10_000_000, 99_999_999)}`;
      await api.post('/v1/users', { service: true, body: { mobile } });
      expect(await idsIn(asha, { query: mobile })).toEqual([]);
      const ravi = await someone();
      await api.patch(`/v1/admin/users/${ravi.id}`, { token: await adminToken(api), body: { locked: true } });
      expect(await idsIn(asha, { query: ravi.email })).toEqual([]);
    });

    it('shows those with whom there are messages, in either direction, the newest first', async () => {
      const [asha, first, second] = [
        await someone(),
        await someone('Lea of the one'),
        await someone('Ravi of the other'),
      ];
      await write(asha, first);
      await write(second, asha);
      expect(await idsIn(asha)).toEqual([second.id, first.id]);
      expect(await idsIn(asha, { query: 'OF THE' })).toEqual([second.id, first.id]);
      expect(await idsIn(asha, { query: 'lea' })).toEqual([first.id]);
      expect(await idsIn(asha, { query: first.email })).toEqual([first.id]);
      expect(await idsIn(asha, { query: first.username })).toEqual([first.id]);
      await write(first, asha);
      expect(await idsIn(asha)).toEqual([first.id, second.id]);
    });

    it('pages through all of them once, and through who is named exactly as well', async () => {
      const asha = await someone();
      const name = `x${randomUUID().slice(0, 8)}`;
      const stranger = (await started.test.api.createUser({ username: name })).id;
      const others: string[] = [];
      for (let count = 0; count < 5; count++) {
        const other = await someone(`${name} ${count}`);
        await write(other, asha);
        others.unshift(other.id);
      }
      for (const limit of ['1', '2', '100']) {
        const seen: string[] = [];
        for (let cursor: string | null = ''; cursor !== null;) {
          const { body } = await contacts(asha, { query: name, limit, ...(cursor && { cursor }) });
          expect(body.items.length).toBeLessThanOrEqual(Number(limit));
          seen.push(...body.items.map(({ user }: { user: { id: string } }) => user.id));
          cursor = body.nextCursor;
        }
        expect(seen).toEqual([stranger, ...others]);
      }
    });

    it('slows down who tries names out, found or not, and nobody else', async () => {
      const [thief, asha] = [await someone(), await someone()];
      const answers = [];
      for (let tried = 0; tried < 31; tried++)
        answers.push(await contacts(thief, { query: tried % 2 ? asha.email : `name-${tried}` }));
      expect(answers.slice(0, 30).map(({ status }) => status)).toEqual(Array(30).fill(200));
      expect(answers[30]).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
      expect(Number(answers[30]!.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await idsIn(thief)).toEqual([]);
      expect(await idsIn(asha, { query: thief.email })).toEqual([thief.id]);
      started.test.clock.advance(600_000);
      expect(await idsIn(thief, { query: asha.email })).toEqual([asha.id]);
    });

    it('does not tell the e-mail of an acquaintance to somebody who asks for later pages, without being slowed down', async () => {
      const [thief, asha, other] = [await someone(), await someone(), await someone()];
      await write(thief, asha);
      await write(thief, other);
      const { nextCursor } = (await contacts(thief, { limit: '1' })).body;
      expect(await idsIn(thief, { cursor: nextCursor })).toEqual([asha.id]);
      expect(await idsIn(thief, { cursor: nextCursor, query: asha.email })).toEqual([]);
      expect(await idsIn(thief, { query: asha.email })).toEqual([asha.id]);
    });

    it('leaves the earlier APIs as documented, without administrators', async () => {
      const [asha, ravi] = [await someone(), await someone()];
      const admin = (await started.test.api.get('/v1/users/me', { token: await adminToken(started.test.api) })).body.id;
      const shown = await earlier(asha);
      expect(shown).toContain(ravi.id);
      expect(shown).not.toContain(asha.id);
      expect(shown).not.toContain(admin);
    });
  });

  describe('of everyone', () => {
    startedWith({ DIRECTORY: 'everyone', EARLIER_APIS_DIRECTORY: 'contacts' });

    it('shows everybody, but tells nothing of who is there', async () => {
      const [asha, ravi] = [await someone(), await someone()];
      expect(await idsIn(asha, { limit: '100' })).toContain(ravi.id);
      expect(await profile(asha, ravi.id)).toBe(200);
      const { body } = await contacts(asha, { query: ravi.username });
      expect(body.items).toMatchObject([{ user: { id: ravi.id }, online: false, lastSeenAt: null }]);
      expect((await started.test.api.get(`/v1/users/${ravi.id}/presence`, { token: asha.token })).status).toBe(404);
    });

    it('can be narrowed in the earlier APIs alone', async () => {
      const [asha, ravi] = [await someone(), await someone()];
      expect(await earlier(asha)).toEqual([]);
      await write(ravi, asha);
      expect(await earlier(asha)).toEqual([ravi.id]);
    });
  });

  describe('that is off', () => {
    startedWith({ DIRECTORY: 'off' });

    it('finds nobody but those with whom there are messages', async () => {
      const [asha, ravi] = [await someone(), await someone()];
      for (const query of [ravi.username, ravi.email]) expect(await idsIn(asha, { query })).toEqual([]);
      expect(await profile(asha, ravi.id)).toBe(404);
      await write(ravi, asha);
      for (const query of [ravi.username, ravi.email]) expect(await idsIn(asha, { query })).toEqual([ravi.id]);
      expect(await profile(asha, ravi.id)).toBe(200);
      const answers = [];
      for (let tried = 0; tried < 29; tried++)
        answers.push(await contacts(asha, { query: `name-${tried}@example.com` }));
      expect(answers.map(({ status }) => status)).toEqual([...Array<number>(28).fill(200), 429]);
    });
  });
});
