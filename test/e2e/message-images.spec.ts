import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { PersonalData } from '../../src/personal-data/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { formOf, getPicture, pictures, type Part } from '../support/pictures.js';
import { ENGINES } from '../support/stores.js';

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

  it('goes with either account, the other person’s pictures too', async () => {
    const [asha, ravi] = [await someone(), await someone()];
    const { body } = await send(asha.token, randomUUID(), ['to', ravi.id], ['image', await pictures.png()]);
    await test.app.get(PersonalData).erase(ravi.id);
    expect(await seen(body.imageUrl, asha.token)).toBe(404);
  });
});
