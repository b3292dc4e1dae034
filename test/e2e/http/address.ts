import { PASSWORD } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';

/** Of the session that a login with these headers opens. */
async function addressWith({ api }: TestApp, headers: Record<string, string>): Promise<string> {
  const { mobile } = await api.createUser();
  return (await api.login(mobile, 'x', { headers })).body.session.ip;
}

type Case = [does: string, headers: string, address: string];
const STARTED: { settings: Record<string, string>; cases: Case[] }[] = [
  { settings: {}, cases: [['is the peer, whatever the headers say', '198.51.100.7', '127.0.0.1']] },
  {
    settings: { TRUSTED_PROXIES: '127.0.0.1' },
    cases: [
      ['is the one that a trusted proxy names', '198.51.100.7', '198.51.100.7'],
      ['is the rightmost untrusted hop', '6.6.6.6, 198.51.100.7', '198.51.100.7'],
      ['is IPv4 where it is mapped into IPv6', '::ffff:198.51.100.7', '198.51.100.7'],
      ['may be IPv6', '2001:db8:0:0::7', '2001:db8::7'],
      ['is named with a port', '198.51.100.7:54321', '198.51.100.7'],
      ['is named in brackets', '[2001:db8::7]', '2001:db8::7'],
      ['is named in brackets with a port', '[2001:db8::7]:443', '2001:db8::7'],
      ...['unknown', 'garbage', "1'--", ','].map((none): Case => [
        `is the proxy's where that names ${none}`,
        none,
        '127.0.0.1',
      ]),
    ],
  },
  {
    settings: { TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' },
    cases: [['is beyond every trusted hop', '6.6.6.6, 198.51.100.7:50123, 10.1.2.3:443', '198.51.100.7']],
  },
  {
    settings: { TRUSTED_PROXIES: '10.0.0.0/8' },
    cases: [['is the peer where that is no trusted proxy', '198.51.100.7', '127.0.0.1']],
  },
];

describe("the client's address", () => {
  describe.each(STARTED)('with $settings', ({ settings, cases }) => {
    let test: TestApp;
    beforeAll(async () => {
      test = await startApp('sqlite', settings);
    });
    afterAll(() => test.close());

    it.each(cases)('%s', async (_, forwardedFor, address) => {
      const headers = { 'x-forwarded-for': forwardedFor, 'x-real-ip': '7.7.7.7', forwarded: 'for=7.7.7.7' };
      expect(await addressWith(test, headers)).toBe(address);
    });
  });

  describe('with FORWARDED_HEADERS=forwarded', () => {
    let test: TestApp;
    beforeAll(async () => {
      test = await startApp('sqlite', {
        TRUSTED_PROXIES: '127.0.0.1',
        FORWARDED_HEADERS: 'forwarded',
        ALLOWED_HOSTS: 'app.example.com',
      });
    });
    afterAll(() => test.close());
    const others = { 'x-forwarded-for': '7.7.7.7', 'x-forwarded-host': 'evil.example' };

    it('is the one that Forwarded names, and no other header', async () => {
      expect(await addressWith(test, { ...others, forwarded: 'for="[2001:db8::7]:443"' })).toBe('2001:db8::7');
      expect(await addressWith(test, others)).toBe('127.0.0.1');
    });

    it('goes with the host that Forwarded names', async () => {
      const { mobile } = await test.api.createUser();
      const statusOf = async (origin: string) => {
        const headers = { ...others, forwarded: 'for=198.51.100.7;host=app.example.com', origin };
        return (await test.api.login(mobile, 'x', { headers })).status;
      };
      expect(await statusOf('https://app.example.com')).toBe(201);
      expect(await statusOf('https://evil.example')).toBe(403);
    });
  });

  it('is what failed logins are counted by, whatever port it has', async () => {
    const test = await startApp('sqlite', { TRUSTED_PROXIES: '127.0.0.1' });
    const tryFrom = (from: string, password: string, identifier = '9012345678') =>
      test.api.login(identifier, 'x', { password, headers: { 'x-forwarded-for': from } });
    for (let port = 1; port <= 30; port++) await tryFrom(`203.0.113.7:${port}`, 'wrong', `person-${port}`);
    const { mobile } = await test.api.createUser();
    expect((await tryFrom('203.0.113.7:31', PASSWORD, mobile)).status).toBe(429);
    expect((await tryFrom('198.51.100.9:31', PASSWORD, mobile)).status).toBe(201);
    await test.close();
  });
});
