import { randomUUID } from 'node:crypto';
import { Announcer } from '../../../src/realtime/announcer.service.js';
import { SessionStore } from '../../../src/sessions/index.js';
import { startApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { holdReadsOf, silenceEnds } from '../../support/faults.js';
import { connect, TRANSPORTS, type TestSocket, type Transport } from '../../support/sockets.js';
import { ENGINES } from '../../support/stores.js';

interface Someone {
  readonly id: string;
  readonly token: string;
  readonly sessionId: string;
  readonly socket: TestSocket;
}

describe.each(ENGINES)('%s: messages over sockets', (engine) => {
  let test: TestApp;
  const open: TestSocket[] = [];
  beforeAll(async () => {
    test = await startApp(engine, { SESSION_LIMIT: '3', SESSION_IDLE_TIMEOUT: '600' });
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.close();
  });
  afterAll(() => test.close());

  const connected = async (token: string, transport: Transport = 'websocket') => {
    const socket = await connect(test.url, token, { transports: [transport] });
    open.push(socket);
    return socket;
  };
  async function someone(transport?: Transport): Promise<Someone> {
    const { id } = await test.api.createUser();
    const { token, session } = (await test.api.serviceLogin(id)).body;
    return { id, token, sessionId: session.id, socket: await connected(token, transport) };
  }
  const two = async (transport?: Transport) => [await someone(transport), await someone(transport)] as const;
  const ask = ({ socket }: Someone, event: string, ...given: unknown[]): Promise<any> =>
    socket.socket.timeout(5000).emitWithAck(event, ...given);
  const send = async (from: Someone, to: { id: string }, text = 'Hello') => {
    const answer = await ask(from, 'message.send', { to: to.id, text, key: randomUUID() });
    expect(answer).toEqual({ message: expect.objectContaining({ from: from.id, to: to.id, text }) });
    return answer.message;
  };
  const stored = async (of: Someone, other: { id: string }) =>
    (await test.api.get(`/v1/messages?with=${other.id}&after=0&limit=100`, { token: of.token })).body.items;
  const messagesHeard = ({ heard }: TestSocket) =>
    heard.filter(([event]) => event.startsWith('message.') || event === 'typing');

  describe.each(TRANSPORTS)('over %s', (transport) => {
    it('are acknowledged as stored, and reach every socket of both people and no other', async () => {
      const [asha, ravi] = await two(transport);
      const stranger = await someone(transport);
      const { token } = (await test.api.serviceLogin(asha.id, { deviceId: 'phone' })).body;
      const phone = await connected(token, transport);
      const message = await send(asha, ravi, 'See you at six.');
      expect(await stored(ravi, asha)).toEqual([message]);
      for (const socket of [asha.socket, phone, ravi.socket])
        expect(await socket.hear('message.created')).toEqual([message]);
      // What is sent over HTTP too.
      const body = { to: asha.id, text: 'Six it is.' };
      const back = (await test.api.post('/v1/messages', { token: ravi.token, body })).body;
      for (const socket of [asha.socket, phone, ravi.socket])
        expect(await socket.hear('message.created', 2)).toEqual([message, back]);
      expect(messagesHeard(stranger.socket)).toEqual([]);
    });

    it('take 4,000 characters of four bytes with the longest key', async () => {
      const [asha, ravi] = await two(transport);
      const text = '😀'.repeat(4000);
      const answer = await ask(asha, 'message.send', { to: ravi.id, text, key: 'k'.repeat(128) });
      expect(answer.message.text).toBe(text);
      expect(await ravi.socket.hear('message.created')).toEqual([answer.message]);
    });
  });

  it('are stored in the order in which one socket sends them, without waiting for answers', async () => {
    const [asha, ravi] = await two();
    const texts = Array.from({ length: 20 }, (_, index) => `Number ${index}`);
    const answers = await Promise.all(
      texts.map((text) => ask(asha, 'message.send', { to: ravi.id, text, key: randomUUID() })),
    );
    expect(answers.map(({ message }) => message.text)).toEqual(texts);
    expect(answers.map(({ message }) => message.seq)).toEqual(texts.map((_, index) => index + 1));
    expect(await ravi.socket.hear('message.created', 20)).toEqual(answers.map(({ message }) => message));
  });

  it('come in the order of their numbers when both write at once', async () => {
    const [asha, ravi] = await two();
    const sends = Array.from({ length: 30 }, (_, index) => (index % 2 ? send(asha, ravi) : send(ravi, asha)));
    await Promise.all(sends);
    for (const { socket } of [asha, ravi]) {
      const heard = await socket.hear('message.created', 30);
      expect(heard.map(({ seq }) => seq)).toEqual(heard.map((_, index) => index + 1));
    }
  });

  it('are sent once under a key, on whatever way they are repeated', async () => {
    const [asha, ravi] = await two();
    const given = { to: ravi.id, text: 'Once', key: 'a-key' };
    const [first, second] = [await ask(asha, 'message.send', given), await ask(asha, 'message.send', given)];
    expect(second).toEqual(first);
    const headers = { 'idempotency-key': 'a-key' };
    const body = { to: ravi.id, text: 'Once' };
    expect((await test.api.post('/v1/messages', { token: asha.token, body, headers })).body).toEqual(first.message);
    expect(await ask(asha, 'message.send', { ...given, text: 'Twice' })).toMatchObject({
      error: { code: 'idempotency_key_reused', status: 422, detail: expect.any(String) },
    });
    const next = await send(asha, ravi, 'Next');
    expect(await ravi.socket.hear('message.created', 2)).toEqual([first.message, next]);
    expect(await stored(ravi, asha)).toEqual([first.message, next]);
  });

  it('are read for both people to see', async () => {
    const [asha, ravi] = await two();
    const [one, two_] = [await send(asha, ravi), await send(asha, ravi)];
    const mine = await send(ravi, asha);
    expect(await ask(ravi, 'message.read', { with: asha.id, upTo: one.id })).toEqual({});
    expect((await test.api.post('/v1/messages/read', readUpTo(ravi, asha, mine.id))).status).toBe(204);
    // Nothing is left to be read: nobody hears of it.
    expect(await ask(ravi, 'message.read', { with: asha.id, upTo: mine.id })).toEqual({});
    const items = await stored(asha, ravi);
    const news = [one, two_].map(({ id }, index) => ({
      by: ravi.id,
      with: asha.id,
      upTo: id,
      readAt: items[index].readAt,
    }));
    for (const { socket } of [asha, ravi]) expect(await socket.hear('message.read', 2)).toEqual(news);
    expect(await ask(ravi, 'message.read', { with: asha.id, upTo: randomUUID() })).toMatchObject({
      error: { code: 'message_not_found', status: 404 },
    });
    await send(asha, ravi);
    await ravi.socket.hear('message.created', 4);
    expect(await ravi.socket.hear('message.read', 2)).toHaveLength(2);
  });

  it('are announced by typing, to the other person alone and not endlessly', async () => {
    const [asha, ravi] = await two();
    await test.api.acquaint(asha, ravi);
    await ravi.socket.hear('message.created', 2);
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(asha, 'typing', { to: ravi.id })));
    expect(answers.slice(0, 3)).toEqual([{}, {}, {}]);
    expect(answers.slice(3)).toContainEqual({
      error: expect.objectContaining({ code: 'too_many_messages', status: 429 }),
    });
    const taken = answers.filter((answer) => !('error' in answer)).length;
    await send(asha, ravi);
    await ravi.socket.hear('message.created', 3);
    const typing = messagesHeard(ravi.socket).filter(([event]) => event === 'typing');
    expect(typing).toEqual(Array.from({ length: taken }, () => ['typing', { from: asha.id }]));
    expect(asha.socket.events()).not.toContain('typing');
  });

  it('are not announced by typing to somebody who has not written back', async () => {
    const [thief, asha] = await two();
    await send(thief, asha);
    expect(await ask(thief, 'typing', { to: asha.id })).toEqual({});
    expect(await ask(asha, 'typing', { to: thief.id })).toEqual({});
    await send(asha, thief);
    expect(await ask(thief, 'typing', { to: asha.id })).toEqual({});
    expect(await asha.socket.hear('typing')).toEqual([{ from: thief.id }]);
    expect(messagesHeard(thief.socket).filter(([event]) => event === 'typing')).toEqual([]);
  });

  it('refuse what is not as documented, and change nothing', async () => {
    const [asha, ravi] = await two();
    const good = { to: ravi.id, text: 'Hello', key: 'key' };
    const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`);
    const sends: unknown[] = [
      ...[undefined, null, 1, 'text', [], [good], true],
      { ...good, to: 'x' },
      { ...good, to: { $ne: '' } },
      { ...good, to: [ravi.id] },
      { ...good, text: 7 },
      { ...good, text: { $gt: '' } },
      { ...good, text: 'a\0b' },
      { ...good, text: ' ' },
      { ...good, text: 'x'.repeat(4001) },
      { ...good, text: Buffer.from('binary') },
      { ...good, key: '' },
      { ...good, key: 'a b' },
      { ...good, key: 'x'.repeat(129) },
      { ...good, from: ravi.id },
      { ...good, seq: 1 },
      { ...good, extra: deep },
      { to: ravi.id, text: 'Hello' },
      JSON.parse('{"__proto__": {"to": "x"}, "text": "Hello"}'),
    ];
    const refusal = { error: { code: expect.stringMatching(/^(validation_failed|invalid_json)$/), status: 400 } };
    for (const given of sends) {
      const answer = await ask(asha, 'message.send', ...(given === undefined ? [] : [given]));
      expect({ given: JSON.stringify([given]).slice(0, 80), answer }).toMatchObject({ answer: refusal });
    }
    for (const given of [{}, { with: ravi.id }, { with: ravi.id, upTo: 1 }, { with: { $ne: '' }, upTo: randomUUID() }])
      expect(await ask(asha, 'message.read', given)).toMatchObject(refusal);
    expect(await ask(asha, 'typing', { to: [ravi.id] })).toMatchObject(refusal);
    // Deeper than the client itself could write it.
    const deepest = `{"to":${'['.repeat(8000)}${']'.repeat(8000)}}`;
    asha.socket.socket.io.engine.write(`2["message.send",${deepest}]`);
    expect(await ask(asha, 'message.send', { ...good, to: asha.id })).toMatchObject(refusal);
    expect(await ask(asha, 'message.send', { ...good, to: randomUUID() })).toMatchObject({
      error: { code: 'user_not_found', status: 404 },
    });
    expect(await stored(ravi, asha)).toEqual([]);
    const message = await send(asha, ravi);
    expect(await ravi.socket.hear('message.created')).toEqual([message]);
    expect(messagesHeard(ravi.socket)).toHaveLength(1);
  });

  it('are taken without an acknowledgement too', async () => {
    const [asha, ravi] = await two();
    asha.socket.socket.emit('message.send', { to: ravi.id, text: 'Hello', key: 'key' });
    asha.socket.socket.emit('message.send', 'nothing of the kind');
    const [message] = await ravi.socket.hear('message.created');
    expect(await stored(ravi, asha)).toEqual([message]);
  });

  it.each(TRANSPORTS)(
    'are not taken from an ended session, though its socket is still open over %s',
    async (transport) => {
      const [asha, ravi] = await two(transport);
      const before = await send(ravi, asha);
      await asha.socket.hear('message.created');
      const mend = silenceEnds(test.app.get(Announcer));
      try {
        await test.api.delete('/v1/sessions/current', { token: asha.token });
        const events: [string, object][] = [
          ['message.send', { to: ravi.id, text: 'Too late', key: 'late' }],
          ['message.read', { with: ravi.id, upTo: before.id }],
          ['typing', { to: ravi.id }],
        ];
        for (const [event, given] of events) {
          const answer = await ask(asha, event, given);
          expect(answer).toMatchObject({
            error: { code: 'session_logged_out', status: 401, endedAt: expect.any(String) },
          });
        }
        expect(asha.socket.socket.connected).toBe(true);
      } finally {
        mend();
      }
      expect(await ask(asha, 'typing', { to: ravi.id })).toMatchObject({ error: { code: 'session_logged_out' } });
      expect(await asha.socket.hear('session.ended')).toEqual([{ id: asha.sessionId, reason: 'logged_out' }]);
      await asha.socket.hear('disconnect');
      expect(await stored(ravi, asha)).toEqual([before]);
      expect(messagesHeard(ravi.socket)).toEqual([['message.created', before]]);
    },
  );

  it('count as a use of the session, typing and reading do not', async () => {
    const [asha, ravi] = await two();
    await send(asha, ravi);
    const message = await send(ravi, asha);
    const lastSeenAt = async () =>
      (await test.api.get(`/v1/users/${asha.id}/presence`, { token: ravi.token })).body.lastSeenAt as string;
    const first = await lastSeenAt();
    test.clock.advance(300_000);
    await ask(asha, 'typing', { to: ravi.id });
    await ask(asha, 'message.read', { with: ravi.id, upTo: message.id });
    // Of the one that asks it is renewed in the same round: what is written with it is written too.
    await test.api.current(ravi.token);
    const renewed = async () =>
      (await test.api.get(`/v1/users/${ravi.id}/presence`, { token: ravi.token })).body.lastSeenAt as string;
    await eventually(renewed, (time) => Date.parse(time) - Date.parse(first) >= 299_000);
    expect(await lastSeenAt()).toBe(first);
    await send(asha, ravi);
    const later = await eventually(lastSeenAt, (time) => time !== first);
    expect(Date.parse(later) - Date.parse(first)).toBeGreaterThanOrEqual(299_000);
  });

  it('wait for a slow store in a short line, and are refused beyond it', async () => {
    const [asha, ravi] = await two();
    const mend = holdReadsOf(test.app.get(SessionStore), asha.id);
    const answered: string[] = [];
    const events = (count: number) =>
      Array.from({ length: count }, async () => {
        const { error } = await ask(asha, 'message.read', { with: ravi.id, upTo: randomUUID() });
        answered.push(error.code);
      });
    const first = events(35);
    // More packets than a socket may send at once: its allowance has to grow again by half a dozen, and nothing tells of that.
    await new Promise((resolve) => setTimeout(resolve, 400));
    const more = events(8);
    await Promise.race(more);
    expect(new Set(answered)).toEqual(new Set(['too_many_messages']));
    mend();
    await Promise.all([...first, ...more]);
    expect(answered.filter((code) => code === 'message_not_found')).toHaveLength(41);
    expect(answered.filter((code) => code === 'too_many_messages')).toHaveLength(2);
    expect(asha.socket.socket.connected).toBe(true);
  });

  it('leave who is there to see among the contacts', async () => {
    const [asha, ravi] = await two();
    await send(ravi, asha);
    expect((await test.api.get('/v1/contacts', { token: asha.token })).body.items).toMatchObject([
      { user: { id: ravi.id }, online: false, lastSeenAt: null },
    ]);
    await send(asha, ravi);
    const seen = async (id: string) => {
      const { items } = (await test.api.get('/v1/contacts?limit=100', { token: asha.token })).body;
      return items.find(({ user }: { user: { id: string } }) => user.id === id);
    };
    expect(await seen(ravi.id)).toMatchObject({ online: true, lastSeenAt: expect.any(String) });
    ravi.socket.close();
    const gone = await eventually(
      () => seen(ravi.id),
      ({ online }) => !online,
    );
    expect(gone).toMatchObject({ online: false, lastMessage: { from: asha.id }, unread: 1 });
  });
});

const readUpTo = (reader: Someone, other: Someone, upTo: string) => ({
  token: reader.token,
  body: { with: other.id, upTo },
});
