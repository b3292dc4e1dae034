import { randomUUID } from 'node:crypto';
import { MessagesService, type Message } from '../../../src/messages/index.js';
import { PersonalData } from '../../../src/personal-data/index.js';
import type { Answer } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { addMany } from '../../support/many.js';
import { adminToken, PEOPLE_SETTINGS } from '../../support/people.js';
import { ENGINES } from '../../support/stores.js';
import { byTier } from '../../support/tier.js';

interface Someone {
  readonly id: string;
  readonly token: string;
}

const UUID = expect.stringMatching(/^[\da-f-]{36}$/);
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
const seqsOf = ({ body }: Answer) => body.items.map(({ seq }: { seq: number }) => seq);

describe.each(ENGINES)('%s: messages', (engine) => {
  let test: TestApp;
  let admin: string;
  beforeAll(async () => {
    test = await startApp(engine, { ...PEOPLE_SETTINGS, SESSION_ON_LIMIT: 'end-oldest', DIRECTORY: 'everyone' });
    admin = await adminToken(test.api);
  });
  afterAll(() => test.close());

  async function someone(more: object = {}): Promise<Someone> {
    const { id } = await test.api.createUser(more);
    return { id, token: (await test.api.serviceLogin(id)).body.token };
  }
  const two = async () => [await someone(), await someone()] as const;
  const post = (from: Someone, body: unknown, headers: Record<string, string> = {}) =>
    test.api.post('/v1/messages', { token: from.token, body, headers });
  const send = async (from: Someone, to: Someone, text = 'Hello', key?: string) => {
    const { status, body } = await post(from, { to: to.id, text }, key === undefined ? {} : { 'idempotency-key': key });
    expect({ status, body }).toMatchObject({ status: 201 });
    return body;
  };
  const list = (of: Someone, other: Someone, query = '') =>
    test.api.get(`/v1/messages?with=${other.id}${query}`, { token: of.token });
  const read = (reader: Someone, other: { id: string }, upTo: string) =>
    test.api.post('/v1/messages/read', { token: reader.token, body: { with: other.id, upTo } });

  describe('sending', () => {
    it('stores the message before it answers, for both people to see and for nobody else', async () => {
      const [asha, ravi] = await two();
      const answer = await post(asha, { to: ravi.id, text: 'See you at six.' });
      const message = {
        id: UUID,
        seq: 1,
        from: asha.id,
        to: ravi.id,
        text: 'See you at six.',
        imageUrl: null,
        previewUrl: null,
        createdAt: TIME,
        readAt: null,
      };
      expect(answer).toMatchObject({ status: 201, body: message });
      expect(answer.headers.get('idempotent-replayed')).toBeNull();
      const back = await send(ravi, asha, 'Six it is.');
      expect(back.seq).toBe(2);
      const both = { items: [back, answer.body], nextCursor: null };
      expect((await list(asha, ravi)).body).toEqual(both);
      expect((await list(ravi, asha)).body).toEqual(both);
      const stranger = await someone();
      for (const other of [asha, ravi]) expect((await list(stranger, other)).body.items).toEqual([]);
    });

    it.each<[what: string, text: string]>([
      ['4,000 characters of four bytes', '😀'.repeat(4000)],
      ['line breaks and tabs', 'one\r\n\ttwo\nthree'],
      ['marks of right-to-left writing', '\u200fשלום\u200e'],
      ['a character younger than this software', '\u{1fafa}'],
      ['what looks like markup or an operator', '<b>{"$ne": ""}</b>'],
    ])('takes %s as they are', async (_, text) => {
      const [asha, ravi] = await two();
      expect((await send(asha, ravi, text)).text).toBe(text);
      expect((await list(ravi, asha)).body.items[0].text).toBe(text);
    });

    it.each<[what: string, text: string]>([
      ['no text', ''],
      ['white space', ' \n\t\u00a0\u3000'],
      ['what cannot be seen', '\u200b\u200d\ufeff'],
      ['4,001 characters', '😀'.repeat(4001)],
      ['an escape', 'a\u001b[2J'],
      ['a C1 control', 'a\u0085'],
      ['a backspace', 'a\b'],
    ])('refuses %s', async (_, text) => {
      const [asha, ravi] = await two();
      const { status, body } = await post(asha, { to: ravi.id, text });
      expect({ status, body }).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
      expect(body.errors).toEqual([expect.objectContaining({ field: 'text' })]);
      expect((await list(asha, ravi)).body.items).toEqual([]);
    });

    it('takes ids in either case', async () => {
      const [asha, ravi] = await two();
      const answer = await post(asha, { to: ravi.id.toUpperCase(), text: 'Hello' });
      expect(answer).toMatchObject({ status: 201, body: { to: ravi.id } });
      const listed = await list(asha, { ...ravi, id: ravi.id.toUpperCase() });
      expect(listed.body.items).toEqual([answer.body]);
      expect((await read(ravi, { id: asha.id.toUpperCase() }, answer.body.id.toUpperCase())).status).toBe(204);
      await send(ravi, asha);
      const presence = await test.api.get(`/v1/users/${ravi.id.toUpperCase()}/presence`, { token: asha.token });
      expect(presence.status).toBe(200);
    });

    it('refuses oneself, and somebody who does not exist', async () => {
      const asha = await someone();
      const toSelf = await post(asha, { to: asha.id, text: 'Note' });
      expect(toSelf).toMatchObject({ status: 400, body: { errors: [{ field: 'to' }] } });
      expect(await post(asha, { to: randomUUID(), text: 'Hello' })).toMatchObject({
        status: 404,
        body: { code: 'user_not_found' },
      });
    });

    it('slows down who sends faster than people write, and nobody else', async () => {
      const [asha, ravi] = await two();
      // At ten a second after the first forty, a machine would need eight seconds to take them all.
      const sent = 120;
      const answers = await Promise.all(Array.from({ length: sent }, () => post(asha, { to: ravi.id, text: 'Hello' })));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThan(0);
      expect(refused[0]!.body.code).toBe('too_many_messages');
      expect(refused[0]!.headers.get('retry-after')).toBe('1');
      const taken = answers.filter(({ status }) => status === 201);
      expect(taken.length + refused.length).toBe(sent);
      expect(taken.length).toBeGreaterThanOrEqual(40);
      expect(seqsOf(await list(ravi, asha, '&after=0&limit=100'))).toEqual(taken.map((_, index) => index + 1));
      await send(ravi, asha);
    });
  });

  describe('an idempotency key', () => {
    it('makes a repeat harmless, also among racing ones', async () => {
      const [asha, ravi] = await two();
      const body = { to: ravi.id, text: 'Once' };
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => post(asha, body, { 'idempotency-key': 'a-key!' })),
      );
      const [first] = answers;
      for (const answer of answers) expect(answer).toMatchObject({ status: 201, body: first!.body });
      const replayed = answers.map(({ headers }) => headers.get('idempotent-replayed'));
      expect(replayed.filter((value) => value === null)).toHaveLength(1);
      expect(replayed.filter((value) => value === 'true')).toHaveLength(7);
      expect((await list(ravi, asha)).body.items).toEqual([first!.body]);
      // Another session of the same person repeats the same message.
      const token = (await test.api.serviceLogin(asha.id, { deviceId: 'phone' })).body.token;
      const again = await post({ id: asha.id, token }, body, { 'idempotency-key': 'a-key!' });
      expect(again).toMatchObject({ status: 201, body: first!.body });
    });

    it('stands for one message: another text or person is refused', async () => {
      const [asha, ravi] = await two();
      const meena = await someone();
      await send(asha, ravi, 'Once', 'key');
      for (const body of [
        { to: ravi.id, text: 'Twice' },
        { to: meena.id, text: 'Once' },
      ]) {
        const answer = await post(asha, body, { 'idempotency-key': 'key' });
        expect(answer).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused', status: 422 } });
        expect(JSON.stringify(answer.body)).not.toContain(ravi.id);
      }
      expect((await list(meena, asha)).body.items).toEqual([]);
      // Ravi's key is another one, though it reads the same.
      expect((await send(ravi, asha, 'Twice', 'key')).seq).toBe(2);
    });

    it.each(['', ' ', 'a b', 'x'.repeat(129), 'schlüssel'])('is refused as %j', async (key) => {
      const [asha, ravi] = await two();
      const answer = await post(asha, { to: ravi.id, text: 'Hello' }, { 'idempotency-key': key });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'Idempotency-Key' }] } });
      await send(asha, ravi, 'Hello', 'x'.repeat(128));
    });
  });

  describe('listing', () => {
    it('pages from the newest back, and with after from the oldest on', async () => {
      const [asha, ravi] = await two();
      for (let count = 0; count < 7; count++) await send(count % 2 ? ravi : asha, count % 2 ? asha : ravi);
      const pages = async (query: string) => {
        const seen: number[][] = [];
        for (let cursor = ''; ;) {
          const page = await list(ravi, asha, `${query}${cursor}`);
          seen.push(seqsOf(page));
          if (page.body.nextCursor === null) return seen;
          cursor = `&cursor=${page.body.nextCursor}`;
        }
      };
      expect(await pages('&limit=3')).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
      expect(await pages('&limit=7')).toEqual([[7, 6, 5, 4, 3, 2, 1]]);
      expect(await pages('&limit=3&after=1')).toEqual([
        [2, 3, 4],
        [5, 6, 7],
      ]);
      expect(await pages('&after=7')).toEqual([[]]);
      expect(await pages('&after=0&limit=100')).toEqual([[1, 2, 3, 4, 5, 6, 7]]);
    });

    it('refuses what is no number, no person and no cursor of this list', async () => {
      const [asha, ravi] = await two();
      const wrong = ['&after=-1', '&after=', '&after=1.5', '&after=1e3', `&after=${'9'.repeat(16)}`, '&cursor=x'];
      const foreign = Buffer.from(ravi.id.replaceAll('-', ''), 'hex').toString('base64url');
      for (const query of [...wrong, `&cursor=${foreign}`]) {
        const { status, body } = await list(asha, ravi, query);
        expect({ query, status, code: body.code }).toEqual({ query, status: 400, code: 'validation_failed' });
      }
      expect((await test.api.get('/v1/messages', { token: asha.token })).status).toBe(400);
      expect((await test.api.get('/v1/messages?with=me', { token: asha.token })).status).toBe(400);
    });
  });

  describe('reading', () => {
    it('marks what the other wrote up to there, once, and one’s own never', async () => {
      const [asha, ravi] = await two();
      const [one, mine, three] = [await send(asha, ravi), await send(ravi, asha), await send(asha, ravi)];
      expect(await read(ravi, asha, mine.id)).toMatchObject({ status: 204, body: '' });
      const [afterOne] = [(await list(asha, ravi, '&after=0')).body.items];
      expect(afterOne.map(({ readAt }: { readAt: unknown }) => readAt)).toEqual([TIME, null, null]);
      test.clock.advance(60_000);
      expect((await read(ravi, asha, three.id)).status).toBe(204);
      const { items } = (await list(asha, ravi, '&after=0')).body;
      expect(items[0]).toEqual({ ...one, readAt: afterOne[0].readAt });
      expect(items[1].readAt).toBeNull();
      expect(Date.parse(items[2].readAt) - Date.parse(items[0].readAt)).toBeGreaterThanOrEqual(60_000);
    });

    it('marks very many step by step, with turns for others in between, and tells of it once', async () => {
      const [asha, ravi] = await two();
      // The one after the other from each of the two.
      const count = byTier({ quick: 4000, full: engine === 'sqlite' ? 40_000 : 4000, long: 40_000 });
      await addMany(test.store, 'messages', ravi.id, asha.id, count);
      const { id: upTo, from } = (await list(ravi, asha, '&limit=1')).body.items[0];
      expect(from).toBe(asha.id);
      const messages = test.app.get(MessagesService, { strict: false });
      const { body } = await test.api.get('/v1/sessions/current', { token: ravi.token });
      const told: Message[] = [];
      messages.onRead((message) => told.push(message));
      let turns = 0;
      let done = false;
      const countTurns = () => {
        turns += 1;
        if (!done) setImmediate(countTurns);
      };
      setImmediate(countTurns);
      await messages.markRead({ ...body, userId: ravi.id }, asha.id, upTo);
      done = true;
      // MongoDB gives turns by itself, and is asked for each step.
      expect(turns).toBeGreaterThanOrEqual(count / 2 / 500);
      expect(told).toMatchObject([{ id: upTo, seq: count, readAt: expect.any(Date) }]);
      const [ofAsha] = (await test.api.get('/v1/contacts?limit=1', { token: ravi.token })).body.items.slice(-1);
      expect((await list(ravi, asha, '&after=1&limit=1')).body.items[0].readAt).toEqual(told[0]!.readAt!.toISOString());
      expect(ofAsha).toMatchObject({ user: { id: asha.id }, unread: 0 });
    });

    it('answers for messages of other people as for one that does not exist', async () => {
      const [asha, ravi] = await two();
      const stranger = await someone();
      const message = await send(asha, ravi);
      const answers = [
        await read(stranger, asha, message.id),
        await read(stranger, ravi, message.id),
        await read(ravi, stranger, message.id),
        await read(ravi, asha, randomUUID()),
        await read(ravi, { id: randomUUID() }, message.id),
      ];
      for (const { status, body } of answers) {
        expect({ ...body, requestId: '' }).toEqual({ ...answers[0]!.body, requestId: '' });
        expect({ status, code: body.code }).toEqual({ status: 404, code: 'message_not_found' });
      }
      expect((await list(asha, ravi)).body.items[0].readAt).toBeNull();
    });
  });

  describe('contacts of everyone', () => {
    const contacts = async (of: Someone, query = '') => {
      const { status, body } = await test.api.get(`/v1/contacts${query}`, { token: of.token });
      expect({ status, body }).toMatchObject({ status: 200 });
      return body;
    };
    const idsOf = (body: any): string[] => body.items.map(({ user }: any) => user.id);
    const mark = () => randomUUID().slice(0, 8);

    it('show everybody else with the last message and what is unread', async () => {
      const name = mark();
      const asha = await someone({ displayName: `Asha ${name}` });
      const ravi = await someone({ username: `ravi.${name}`, email: `${name}@example.com` });
      const meena = await someone({ displayName: `MEENA ${name.toUpperCase()}` });
      await send(asha, ravi);
      const last = await send(asha, ravi, 'Are you there?');
      const { items, nextCursor } = await contacts(ravi, `?query=${name}`);
      expect(nextCursor).toBeNull();
      expect(items).toEqual([
        {
          user: { id: meena.id, username: null, displayName: `MEENA ${name.toUpperCase()}`, avatarUrl: null },
          lastMessage: null,
          unread: 0,
          online: false,
          lastSeenAt: null,
        },
        {
          user: { id: asha.id, username: null, displayName: `Asha ${name}`, avatarUrl: null },
          lastMessage: last,
          unread: 2,
          online: false,
          lastSeenAt: null,
        },
      ]);
      await read(ravi, asha, last.id);
      const [, ofAsha] = (await contacts(ravi, `?query=${name}`)).items;
      expect(ofAsha).toMatchObject({ unread: 0, lastMessage: { id: last.id, readAt: TIME } });
      const [, ofRavi] = (await contacts(asha, `?query=${name}`)).items;
      expect(ofRavi).toMatchObject({ user: { id: ravi.id }, unread: 0, lastMessage: { id: last.id } });
    });

    it('do not tell whose a mobile or an e-mail is, and leave out the locked to whom there are no messages', async () => {
      const name = mark();
      const asha = await someone();
      const { id, mobile } = await test.api.createUser({ displayName: `Ravi ${name}`, email: `x${name}x@example.com` });
      for (const query of [mobile.slice(3), encodeURIComponent(mobile), `x${name}x`, `x${name}x@example.com`])
        expect((await contacts(asha, `?query=${query}`)).items).toEqual([]);
      const found = await contacts(asha, `?query=${name}`);
      expect(idsOf(found)).toEqual([id]);
      expect(JSON.stringify(found)).not.toContain('example.com');
      await test.api.patch(`/v1/admin/users/${id}`, { token: admin, body: { locked: true } });
      expect((await contacts(asha, `?query=${name}`)).items).toEqual([]);
    });

    it('keep somebody who was locked after they had written, with what they wrote', async () => {
      const [asha, ravi] = [await someone(), await someone()];
      const last = await send(ravi, asha);
      await test.api.patch(`/v1/admin/users/${ravi.id}`, { token: admin, body: { locked: true } });
      const [found] = (await contacts(asha)).items;
      expect(found).toMatchObject({ user: { id: ravi.id }, unread: 1, lastMessage: { id: last.id } });
    });

    it('page through everybody once', async () => {
      for (let count = 0; count < 8; count++) await test.api.createUser();
      const asha = await someone();
      const seen: string[] = [];
      let pages = 0;
      for (let cursor = ''; pages < 100; pages++) {
        const page = await contacts(asha, `?limit=7${cursor}`);
        expect(page.items.length).toBeLessThanOrEqual(7);
        seen.push(...idsOf(page));
        if (page.nextCursor === null) break;
        cursor = `&cursor=${page.nextCursor}`;
      }
      expect(pages).toBeGreaterThan(1);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).not.toContain(asha.id);
      expect([...seen].sort().reverse()).toEqual(seen);
    });
  });

  it('can be taken along and go with the account, both sides of a conversation', async () => {
    const [asha, ravi] = await two();
    const meena = await someone();
    const mine = [await send(asha, ravi), await send(ravi, asha), await send(asha, meena)];
    const kept = await send(meena, ravi);
    const personal = test.app.get(PersonalData).sources.find(({ name }) => name === 'messages')!;
    const exportOf = () => personal.export!(asha.id) as AsyncIterable<Message>;
    const exported: unknown[] = [];
    for await (const message of exportOf()) exported.push(message);
    expect(exported).toEqual(mine);
    await personal.erase!(asha.id);
    await personal.erase!(asha.id);
    for await (const message of exportOf()) throw new Error(`left: ${message.id}`);
    expect((await list(ravi, asha)).body.items).toEqual([]);
    expect((await list(ravi, meena)).body.items).toEqual([kept]);
  });
});
