import fc from 'fast-check';
import { DEVICE_CLASSES } from '../accounts/index.js';
import {
  describeDevice,
  deviceSignature,
  formerSignature,
  isSignatureOf,
  MAX_USER_AGENT,
} from './device-description.js';

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
    ['FieldApp', 'other', 'FieldApp/42 CFNetwork/3826 Darwin/24'],
    ['FieldApp', 'other', 'FieldApp 4.2 rv:42 (CFNetwork)'],
    ['iOS', 'mobile', 'FieldApp/1.2.3 (iPhone; iOS 17.5; Scale/3.00)'],
    ['Android', 'mobile', 'FieldApp/4.2 (Android 14; Pixel 8) okhttp/4.12.0'],
    ['Android', 'mobile', 'Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/UQ1A.240205.002)'],
    ['Android', 'mobile', 'Dalvik/2.1.0 (Linux; U; Android 10; VOG-L29 Build/HUAWEIVOG-L29)'],
    ['Android', 'tablet', 'Dalvik/2.1.0 (Linux; U; Android 13; SM-X700 Build/TP1A.220624.014)'],
    ['Android', 'tablet', 'Dalvik/2.1.0 (Linux; U; Android 9; KFMAWI Build/PS7326)'],
    ['Android', 'tablet', 'Dalvik/2.1.0 (Linux; U; Android 10; AGS3-W09 Build/HUAWEIAGS3-W09)'],
    ['Unknown device', 'other', ''],
    ['Unknown device', 'other', '(((((/;'],
  ])('calls it %s (%s)', (name, deviceClass, userAgent) => {
    expect(describeDevice(userAgent, null)).toMatchObject({ name, class: deviceClass });
  });

  it.each([
    `${MOZILLA} (SMART-TV; Linux; Tizen 6.0) ${KIT} SamsungBrowser/4.0 Chrome/76.0.3809.146 TV Safari/537.36`,
    `${MOZILLA} (X11; Linux armv7l) ${KIT} Chrome/90.0.4430.225 Safari/537.36 CrKey/1.56.500000 DeviceType/Chromecast`,
    `${MOZILLA} (Linux; Android) ${KIT} Chrome/88.0.4324.109 Safari/537.36 CrKey/1.54.248666`,
    `${MOZILLA} (Linux; Android 12.0) ${KIT} Chrome/119.0.0.0 Safari/537.36 CrKey/1.56.500000 DeviceType/AndroidTV`,
    `${MOZILLA} (Linux; Android 9; AFTMM Build/PS7233; wv) ${KIT} Version/4.0 Chrome/70.0.3538.110 Mobile Safari/537.36`,
    `${MOZILLA} (Linux; Android 9; AFTKA) ${KIT} Silk/112.5.1 like Chrome/112.0.5615.213 Safari/537.36`,
    `${MOZILLA} (Linux; Android 11; BRAVIA 4K UR2) ${KIT} Chrome/126.0.0.0 Safari/537.36`,
    'Dalvik/2.1.0 (Linux; U; Android 9; AFTMM Build/PS7233)',
    'Dalvik/2.1.0 (Linux; U; Android 12; Chromecast Build/STTE.230915.008)',
    'AppleTV11,1/11.1',
  ])('knows %s for a television', (userAgent) => {
    expect(describeDevice(userAgent, null).class).toBe('tv');
  });

  it.each([
    ['tablet', `(Linux; Android 9; KFMAWI) ${KIT} Silk/112.5.1 like Chrome/112.0.5615.213 Safari/537.36`],
    ['tablet', `(Linux; Android 10; AGS3-W09 Build/HUAWEIAGS3-W09) ${KIT} Chrome/99.0.4844.88 Safari/537.36`],
    ['tablet', `(Linux; Android 12; DBY-W09; HMSCore 6.11.0) ${KIT} HuaweiBrowser/13.0.5.303 Mobile Safari/537.36`],
    ['tablet', `(Linux; Android 10; BAH3-L09; HMSCore 6.11.0) ${KIT} HuaweiBrowser/13.0.5.303 Safari/537.36`],
    ['tablet', `(Tablet; OpenHarmony 5.0) ${KIT} Chrome/114.0.0.0 Safari/537.36 HuaweiBrowser/5.0.4.300`],
    ['mobile', `(Linux; Android 10; VOG-L29; HMSCore 6.11.0) ${KIT} HuaweiBrowser/13.0.5.303 Mobile Safari/537.36`],
    ['mobile', `(Phone; OpenHarmony 5.0) ${KIT} Chrome/114.0.0.0 Safari/537.36 HuaweiBrowser/5.0.4.300`],
    ['tablet', `(Linux; Android 13; SM-X700) ${KIT} Chrome/126.0.0.0 Safari/537.36`],
  ])('knows a %s of Huawei, Amazon or Samsung: %s', (deviceClass, userAgent) => {
    expect(describeDevice(`${MOZILLA} ${userAgent}`, null).class).toBe(deviceClass);
  });

  it('knows a crawler, also one that claims a phone', () => {
    const bot = `${MOZILLA} (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`;
    expect(describeDevice(bot, null).class).toBe('bot');
    const phone = bot.replace('(', '(Linux; Android 6.0.1; Nexus 5X Build/MMB29P) (');
    expect(describeDevice(phone, null).class).toBe('bot');
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

  it.each([
    ['FieldApp/42 CFNetwork/3826 Darwin/24', 'FieldApp/43 CFNetwork/3826.400.120 Darwin/24.3.0'],
    ['FieldApp/42 okhttp/4.12.0', 'FieldApp/43 okhttp/5.0.0-alpha.14'],
    ['okhttp/4.12.0', 'okhttp/5.0.0-alpha.14'],
    ['Dart/3.4 (dart:io)', 'Dart/3.5 (dart:io)'],
    ['FieldApp/42 (Android 14; Pixel 8)', 'FieldApp/43 (Android 15; Pixel 8)'],
    ['Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8)', 'Dalvik/2.2.0 (Linux; U; Android 15; Pixel 8)'],
    ['FieldApp 42', 'FieldApp 4.3 rv:430 (iOS-app)'],
    ['Field-App-v42', 'Field-App-v43'],
  ])('outlives the update of an app from %s to %s', (before, after) => {
    expect(signatureOf(after)).toBe(signatureOf(before));
    expect(isSignatureOf(signatureOf(before), [signatureOf(after)])).toBe(true);
  });

  // Each as version 0.1.0, or what came after it, has stored it.
  it.each([
    ['desktop|Linux|Firefox', firefox(128)],
    ['other||FieldApp/42 CFNetwork', 'FieldApp/43 CFNetwork/3826 Darwin/24'],
    ['other||Dart', 'Dart/3.5 (dart:io)'],
    ['other||FieldApp 42', 'FieldApp 43'],
    ['tv|PlayStation 4|PlayStation 4', `${MOZILLA} (PlayStation 4 11.00) AppleWebKit/605.1.15 (KHTML, like Gecko)`],
    ['tablet|Android|Android Browser', 'Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/UQ1A.240205.002)'],
    ['tablet|Android|Android Browser', 'FieldApp/4.2 (Android 14; Pixel 8) okhttp/4.12.0'],
    ['desktop|Linux|Chrome', `${MOZILLA} (X11; Linux armv7l) ${KIT} Chrome/90.0 Safari/537.36 CrKey/1.56.500000`],
    ['tablet|Android|Amazon Silk', `${MOZILLA} (Linux; Android 9; AFTKA) ${KIT} Silk/112.5.1 Safari/537.36`],
    ['mobile|Android|Chrome', `${MOZILLA} (Linux; Android 10; AGS3-W09 Build/HUAWEI) ${KIT} Chrome/99.0 Safari/537.36`],
    ['desktop|Chrome OS|Chrome', `${MOZILLA} (X11; CrOS x86_64 14541.0.0) ${KIT} Chrome/126.0.0.0 Safari/537.36`],
  ])('recognises the stored %s in %s', (stored, userAgent) => {
    const shown = [signatureOf(userAgent), formerSignature(userAgent, null)];
    expect(isSignatureOf(stored, shown)).toBe(true);
    expect(isSignatureOf(`x${stored}`, shown)).toBe(false);
  });

  it('tells browsers, systems and kinds of app apart', () => {
    const agents = [firefox(128), firefox(128).replace('X11; Linux', 'Windows NT 10.0; Win64'), 'okhttp/4.12', 'App/1'];
    expect(new Set(agents.map(signatureOf)).size).toBe(agents.length);
    expect(signatureOf('okhttp/4.12')).toBe(signatureOf('okhttp/5.0'));
  });
});
