import { startApp, type TestApp } from '../../support/app.js';
import { dataUrl, pictures, putAvatar } from '../../support/pictures.js';
import { ENGINES } from '../../support/stores.js';

const WINDOW = 600_000;

describe.each(ENGINES)('%s: what one person may ask for in pictures', (engine) => {
  let test: TestApp;
  let small: Buffer;
  beforeAll(async () => {
    test = await startApp(engine, { SESSION_LIMIT: 'none' });
    small = await pictures.png(60, 60);
  });
  afterAll(() => test.close());

  async function aPerson() {
    const { id } = await test.api.createUser();
    return (await test.api.serviceLogin(id)).body.token as string;
  }
  const put = (token: string, image: Buffer) => putAvatar(test.api, token, ['image', image]);
  const putEarlier = (token: string, image: Buffer) =>
    test.api.put('/api/auth/update-profile', { token, body: { profilePic: dataUrl('image/png', image) } });
  const send = (token: string, to: string, image: Buffer) =>
    test.api.post(`/api/messages/send/${to}`, { token, body: { image: dataUrl('image/png', image) } });

  it.each([
    ['avatars', (token: string, image: Buffer) => put(token, image)],
    ['avatars in JSON', (token: string, image: Buffer) => putEarlier(token, image)],
    ['messages', async (token: string, image: Buffer) => send(token, (await test.api.createUser()).id, image)],
  ])('is two at a time, one of them at work: a flood of %s keeps nobody else waiting', async (_, flood) => {
    const [token, other, large] = [await aPerson(), await aPerson(), await pictures.slow()];
    const order: string[] = [];
    const flooding = Array.from({ length: 4 }, async () => {
      const answer = await flood(token, large);
      order.push(answer.body.code ?? 'written anew');
      return answer;
    });
    const first = await Promise.race(flooding);
    expect(first).toMatchObject({ status: 503, body: { code: 'busy' } });
    expect(first.headers.get('retry-after')).toBe('1');
    expect((await put(other, small)).status).toBe(200);
    order.push('somebody else’s');
    await Promise.all(flooding);
    expect(order.filter((what) => what !== 'busy')).toEqual(['somebody else’s', 'written anew', 'written anew']);
    expect((await put(token, small)).status).toBe(200);
  });

  it('is twenty avatars in ten minutes, over either API, and of no other person', async () => {
    const [token, other] = [await aPerson(), await aPerson()];
    test.clock.advance(WINDOW - (test.clock.now().getTime() % WINDOW));
    for (let count = 0; count < 10; count++) {
      expect((await put(token, small)).status).toBe(200);
      expect((await putEarlier(token, small)).status).toBe(200);
    }
    for (const refused of [await put(token, small), await putEarlier(token, small)]) {
      expect(refused).toMatchObject({ status: 429, body: { status: 429, code: 'too_many_requests' } });
      const seconds = Number(refused.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(WINDOW / 1000);
    }
    expect((await put(other, small)).status).toBe(200);
    expect((await test.api.delete('/v1/users/me/avatar', { token })).status).toBe(200);
    test.clock.advance(WINDOW);
    expect((await put(token, small)).status).toBe(200);
  });
});
