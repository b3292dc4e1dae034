import { PersonalData } from '../../../src/personal-data/index.js';
import { UsersService } from '../../../src/users/index.js';
import type { Answer } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { PEOPLE_SETTINGS } from '../../support/people.js';
import { ENGINES } from '../../support/stores.js';

interface Someone {
  readonly id: string;
  readonly token: string;
}

interface Item {
  readonly user: { readonly id: string };
}

describe.each(ENGINES)('%s: conversations', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, PEOPLE_SETTINGS);
  });
  afterAll(() => test.close());

  async function someone(): Promise<Someone> {
    const { id } = await test.api.createUser();
    return { id, token: (await test.api.serviceLogin(id)).body.token };
  }
  const people = (count: number) => Promise.all(Array.from({ length: count }, someone));
  const send = async (from: Someone, to: Someone, text = 'Hello') => {
    const { status, body } = await test.api.post('/v1/messages', { token: from.token, body: { to: to.id, text } });
    expect(status).toBe(201);
    return body;
  };
  const list = (of: Someone, query = '') => test.api.get(`/v1/conversations${query}`, { token: of.token });
  const idsIn = ({ body }: Answer) => body.items.map(({ user }: Item) => user.id);

  it('are those with whom one has written, with the last message and what is unread', async () => {
    const [asha, ravi, meena] = (await people(3)) as [Someone, Someone, Someone];
    expect((await list(asha)).body).toEqual({ items: [], nextCursor: null });
    await send(ravi, asha, 'One');
    const last = await send(ravi, asha, 'Two');
    const own = await send(asha, meena);
    const { status, body } = await list(asha);
    expect(status).toBe(200);
    expect(body).toEqual({
      items: [
        { user: expect.objectContaining({ id: meena.id }), lastMessage: own, unread: 0 },
        { user: expect.objectContaining({ id: ravi.id }), lastMessage: last, unread: 2 },
      ],
      nextCursor: null,
    });
    expect(Object.keys(body.items[0].user).sort()).toEqual(['avatarUrl', 'displayName', 'id', 'username']);
    expect(idsIn(await list(ravi))).toEqual([asha.id]);
    await test.api.post('/v1/messages/read', { token: asha.token, body: { with: ravi.id, upTo: last.id } });
    expect((await list(asha)).body.items[1]).toMatchObject({ unread: 0, lastMessage: { readAt: expect.any(String) } });
  });

  it('come in pages, newest or oldest first', async () => {
    const [asha, ...others] = (await people(6)) as [Someone, ...Someone[]];
    for (const other of others) await send(other, asha);
    const oldest = others.map(({ id }) => id);
    const walk = async (order: string) => {
      const pages: string[][] = [];
      for (let cursor = ''; ;) {
        const answer = await list(asha, `?order=${order}&limit=2${cursor}`);
        pages.push(idsIn(answer));
        if (answer.body.nextCursor === null) return pages;
        cursor = `&cursor=${answer.body.nextCursor}`;
      }
    };
    expect(await walk('oldest')).toEqual([oldest.slice(0, 2), oldest.slice(2, 4), oldest.slice(4)]);
    const newest = [...oldest].reverse();
    expect(await walk('newest')).toEqual([newest.slice(0, 2), newest.slice(2, 4), newest.slice(4)]);
    expect(idsIn(await list(asha))).toEqual(newest);
  });

  it('that change while somebody pages from the oldest on are still ahead of them', async () => {
    const [asha, first, second, third] = (await people(4)) as [Someone, Someone, Someone, Someone];
    for (const other of [first, second, third]) await send(other, asha);
    const { nextCursor } = (await list(asha, '?order=oldest&limit=1')).body;
    await send(asha, first);
    await send(third, asha);
    expect(idsIn(await list(asha, `?order=oldest&cursor=${nextCursor}`))).toEqual([second.id, first.id, third.id]);
  });

  it('with the locked stay, and those with the deleted go, for both', async () => {
    const [asha, locked, deleted] = (await people(3)) as [Someone, Someone, Someone];
    await send(locked, asha);
    await send(deleted, asha);
    const users = test.app.get(UsersService);
    await users.editAsAdmin(locked.id, { locked: true }, { kind: 'system' });
    expect(idsIn(await list(asha))).toEqual([deleted.id, locked.id]);
    await test.app.get(PersonalData).erase(deleted.id);
    expect(idsIn(await list(asha))).toEqual([locked.id]);
    expect(idsIn(await list(deleted))).toEqual([]);
  });

  it.each(['?order=random', '?limit=0', '?limit=101', '?cursor=%00', '?cursor=x', '?with=me'])(
    'refuse %s',
    async (query) => {
      const asha = await someone();
      expect(await list(asha, query)).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    },
  );
});
