import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { ImageStore } from '../../../src/media/index.js';
import { MessageStore } from '../../../src/messages/index.js';
import { PersonalData } from '../../../src/personal-data/index.js';
import { startApp, type TestApp } from '../../support/app.js';
import { filesOf, formOf, getPicture, pictures, type Part } from '../../support/pictures.js';
import { answerOf, beginRaw } from '../../support/raw-http.js';
import { ENGINES } from '../../support/stores.js';

const HEAD = '--x\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n';

describe.each(ENGINES)('%s: a message with a picture', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine);
  });
  afterAll(() => test.close());

  const someone = async () => {
    const { id } = await test.api.createUser();
    return { id, token: (await test.api.serviceLogin(id)).body.token as string };
  };
  const send = async (token: string, key: string, ...parts: Part[]) => {
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key };
    const answer = await fetch(`${test.url}/v1/messages`, { method: 'POST', headers, body: formOf(...parts) });
    return { status: answer.status, body: (await answer.json()) as any };
  };
  const seen = async (path: string, token: string) => (await getPicture(test.api, path, token)).status;

  it('is seen by the two people alone, and needs no words', async () => {
    const [asha, ravi, stranger] = [await someone(), await someone(), await someone()];
    const { status, body } = await send(asha.token, randomUUID(), ['to', ravi.id], ['image', await pictures.png()]);
    expect({ status, body }).toMatchObject({ status: 201, body: { text: null, imageUrl: expect.any(String) } });
    for (const path of [body.imageUrl, body.previewUrl]) {
      expect([await seen(path, asha.token), await seen(path, ravi.token)]).toEqual([200, 200]);
      expect(await seen(path, stranger.token)).toBe(404);
    }
    const list = await test.api.get(`/v1/messages?with=${asha.id}`, { token: ravi.token });
    expect(list.body.items).toEqual([body]);
  });

  it('is stored once under its key, with the first picture', async () => {
    const [asha, ravi] = [await someone(), await someone()];
    const key = randomUUID();
    const parts = async (): Promise<Part[]> => [
      ['to', ravi.id],
      ['text', 'Look'],
      ['image', await pictures.gif()],
    ];
    const first = await send(asha.token, key, ...(await parts()));
    expect(await send(asha.token, key, ...(await parts()))).toEqual(first);
    expect(await seen(first.body.imageUrl, ravi.token)).toBe(200);
    const list = await test.api.get(`/v1/messages?with=${asha.id}`, { token: ravi.token });
    expect(list.body.items).toEqual([first.body]);
  });

  it.each<[what: string, parts: Part[], status: number]>([
    ['what is no picture', [['image', Buffer.from('<svg/>')]], 415],
    ['neither words nor a picture', [['text', '']], 400],
    ['a field of its own', [['text', 'x'], ['role', 'admin']], 400], // prettier-ignore
  ])('refuses %s, and sends nothing', async (_, parts, status) => {
    const [asha, ravi] = [await someone(), await someone()];
    expect((await send(asha.token, randomUUID(), ['to', ravi.id], ...parts)).status).toBe(status);
    expect((await test.api.get(`/v1/messages?with=${asha.id}`, { token: ravi.token })).body.items).toEqual([]);
  });

  it('is not sent by a session that has ended while it came, and leaves nothing', async () => {
    const [asha, ravi] = [await someone(), await someone()];
    const before = filesOf(test.store);
    const outgoing = beginRaw(test.url, {
      method: 'POST',
      path: '/v1/messages',
      headers: {
        authorization: `Bearer ${asha.token}`,
        'content-type': 'multipart/form-data; boundary=x',
        'transfer-encoding': 'chunked',
      },
    });
    const answer = answerOf(outgoing);
    const image = await pictures.png(1500, 1000);
    outgoing.write(`--x\r\nContent-Disposition: form-data; name="to"\r\n\r\n${ravi.id}\r\n${HEAD}`);
    // More than the buffers between hold: the service is reading by now.
    await new Promise((resolve) => outgoing.write(image.subarray(0, image.length - 100), resolve));
    expect((await test.api.delete('/v1/sessions/current', { token: asha.token })).status).toBe(204);
    outgoing.write(image.subarray(image.length - 100));
    outgoing.end('\r\n--x--\r\n');
    expect(await answer).toEqual({ status: 401, code: 'session_logged_out' });
    expect((await test.api.get(`/v1/messages?with=${asha.id}`, { token: ravi.token })).body.items).toEqual([]);
    expect(filesOf(test.store)).toEqual(before);
  });

  it('goes with its message though two nodes erase at once', async () => {
    const [asha, ravi] = [await someone(), await someone()];
    const [images, messages] = [test.app.get(ImageStore), test.app.get(MessageStore)];
    for (let i = 0; i < 120; i++) {
      const [id, imageId, createdAt] = [uuidv7(), uuidv7(), new Date()];
      const people = { ownerId: ravi.id, viewers: [ravi.id, asha.id] };
      await images.add({ id: imageId, ...people, use: 'message', messageId: id, confirmed: true, createdAt });
      await messages.add({ id, from: ravi.id, to: asha.id, text: null, imageId, createdAt, readAt: null }, null);
    }
    const personalData = test.app.get(PersonalData);
    await Promise.all([personalData.erase(asha.id), personalData.erase(asha.id)]);
    expect(await messages.listOf(asha.id, null, 9)).toEqual([]);
    expect(await images.listOwned(ravi.id, 9)).toEqual([]);
  });

  it('goes with either account, the other person’s pictures too', async () => {
    const [asha, ravi] = [await someone(), await someone()];
    const { body } = await send(asha.token, randomUUID(), ['to', ravi.id], ['image', await pictures.png()]);
    await test.app.get(PersonalData).erase(ravi.id);
    expect(await seen(body.imageUrl, asha.token)).toBe(404);
  });
});
