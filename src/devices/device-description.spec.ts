import fc from 'fast-check';
import { DEVICE_CLASSES } from '../accounts/index.js';
import { describeDevice, deviceSignature, MAX_USER_AGENT } from './device-description.js';

const MOZILLA = 'Mozilla/5.0';
const KIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

const signatureOf = (userAgent: string) => deviceSignature(describeDevice(userAgent, null), userAgent);

describe('describeDevice', () => {
  it.each([
    ['Firefox on Linux', 'desktop', `${MOZILLA} (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0`],
    ['Chrome on Windows', 'desktop', `${MOZILLA} (Windows NT 10.0; Win64; x64) ${KIT} Chrome/126.0.0.0 Safari/537.36`],
    [
      'Microsoft Edge on Windows',
      'desktop',
      `${MOZILLA} (Windows NT 10.0; Win64; x64) ${KIT} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.68`,
    ],
    [
      'Safari on macOS',
      'desktop',
      `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15`,
    ],
    [
      'Safari on iOS',
      'mobile',
      `${MOZILLA} (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1`,
    ],
    [
      'Safari on iOS',
      'tablet',
      `${MOZILLA} (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1`,
    ],
    ['Chrome on Android', 'mobile', `${MOZILLA} (Linux; Android 10; K) ${KIT} Chrome/126.0.0.0 Mobile Safari/537.36`],
    [
      'Samsung Internet for Android on Android',
      'mobile',
      `${MOZILLA} (Linux; Android 14; SM-S911B) ${KIT} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
    ],
    ['Chrome on Chrome OS', 'desktop', `${MOZILLA} (X11; CrOS x86_64 14541.0.0) ${KIT} Chrome/126.0.0.0 Safari/537.36`],
    ['Thunder Client', 'other', 'Thunder Client (https://www.thunderclient.com)'],
    ['okhttp', 'other', 'okhttp/4.12.0'],
    ['Unknown device', 'other', ''],
    ['Unknown device', 'other', '(((((/;'],
  ])('calls it %s (%s)', (name, deviceClass, userAgent) => {
    expect(describeDevice(userAgent, null)).toMatchObject({ name, class: deviceClass });
  });

  it('knows a television and a crawler', () => {
    const tv = `${MOZILLA} (SMART-TV; Linux; Tizen 6.0) ${KIT} SamsungBrowser/4.0 Chrome/76.0.3809.146 TV Safari/537.36`;
    expect(describeDevice(tv, null).class).toBe('tv');
    const bot = `${MOZILLA} (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`;
    expect(describeDevice(bot, null).class).toBe('bot');
  });

  it('takes the hints of a browser for what its frozen user agent hides', () => {
    const frozen = `${MOZILLA} (Windows NT 10.0; Win64; x64) ${KIT} Chrome/126.0.0.0 Safari/537.36`;
    const brands = '"Not/A)Brand";v="8", "Chromium";v="126", "Brave";v="126"';
    expect(describeDevice(frozen, { brands, mobile: '?0', platform: '"Windows"' }).name).toBe('Brave on Windows');
  });

  it.each([
    'Your bank: https://evil.example/login (now)',
    'Call +1 555 0100/now ',
    'https://evil.example/x (Windows NT 10.0) Gecko',
  ])('takes no browser from the words of %j', (userAgent) => {
    expect(describeDevice(userAgent, null).browser).toBeNull();
  });

  it('reads no further than 512 characters', () => {
    const far = `${'x'.repeat(MAX_USER_AGENT)} Firefox/128.0`;
    expect(describeDevice(far, null).browser).toBeNull();
    expect(describeDevice(far.slice(14), null).browser).toBe('Firefox');
  });

  it('makes a short, printable name of whatever it is given', () => {
    const hints = fc.option(fc.string({ unit: 'binary', maxLength: 2000 }));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), hints, (userAgent, hint) => {
        const device = describeDevice(userAgent, { brands: hint, mobile: hint, platform: hint });
        expect(device.name).toMatch(/^[\p{L}\p{N} ._-]{1,140}$/u);
        expect(DEVICE_CLASSES).toContain(device.class);
      }),
    );
  });

  it.each(['(', ' ', 'Mozilla/5.0 (', 'Android ', 'Version/1 Safari ', '"a";v="', ';\u202e', 'a/a '])(
    'is not slowed down by %j said over and over',
    (piece) => {
      const text = piece.repeat(100_000);
      const start = performance.now();
      for (let i = 0; i < 20; i++) describeDevice(text, { brands: text, mobile: text, platform: text });
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );
});

describe('deviceSignature', () => {
  const firefox = (version: number) =>
    `${MOZILLA} (X11; Linux x86_64; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`;

  it('outlives an update of browser and system', () => {
    expect(signatureOf(firefox(128))).toBe(signatureOf(firefox(140)));
    const phone = (version: string) =>
      `${MOZILLA} (iPhone; CPU iPhone OS ${version} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1`;
    expect(signatureOf(phone('17_5'))).toBe(signatureOf(phone('18_1')));
  });

  it('tells browsers, systems and kinds of app apart', () => {
    const agents = [firefox(128), firefox(128).replace('X11; Linux', 'Windows NT 10.0; Win64'), 'okhttp/4.12', 'App/1'];
    expect(new Set(agents.map(signatureOf)).size).toBe(agents.length);
    expect(signatureOf('okhttp/4.12')).toBe(signatureOf('okhttp/5.0'));
  });
});
