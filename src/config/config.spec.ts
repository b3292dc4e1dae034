import { EnvironmentError } from './environment.js';
import { toConfig } from './config.js';

const KEY = '9f86d081884c7d659a2feaa0c55ad015';
const WHSEC = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

/** Settings that are given together or not at all. */
const PAIRS: readonly Record<string, string>[] = [
  { ADMIN_USERNAME: 'root.admin', ADMIN_PASSWORD: 'long enough' },
  { SMTP_URL: 'smtp://mail.example.com', MAIL_FROM: 'no-reply@example.com' },
  { SMS_WEBHOOK_URL: 'https://sms.example.com', SMS_WEBHOOK_SECRET: WHSEC },
  { PUSH_WEBHOOK_URL: 'https://push.example.com', PUSH_WEBHOOK_SECRET: WHSEC },
];

const S3: Record<string, string> = { S3_BUCKET: 'pictures', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' };

function faultsOf(variables: Record<string, string>): readonly string[] {
  try {
    toConfig(variables);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.faults;
    throw error;
  }
  return [];
}

describe('toConfig', () => {
  it('needs no setting at all', () => {
    expect(toConfig({})).toEqual({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      pagesUrl: 'http://127.0.0.1:3000',
      secure: false,
      corsOrigins: [],
      allowedHosts: [],
      databaseFile: 'data/oneseat.db',
      mongodbUri: null,
      redisUrl: null,
      images: { kind: 'disk', folder: 'data/media' },
      serviceKeys: [],
      firstAdmin: null,
      argon2Memory: 19_456,
      phoneRegion: 'IN',
      session: { limit: 1, per: 'user', onLimit: 'end-oldest', idleTimeout: 1800, maxAge: 2_592_000 },
      historyDays: 90,
      auditDays: 365,
      activityDays: 90,
      creationsPerAddress: 30,
      textsPerAddress: 60,
      directory: 'contacts',
      earlierApisDirectory: 'everyone',
      metricsToken: null,
      trustedProxies: [],
      forwardedHeaders: 'x-forwarded',
      logLevel: 'info',
      mail: null,
      productName: 'Oneseat',
      mailLanguage: 'en',
      sms: null,
      push: null,
      webhookAllowPrivate: false,
    });
  });

  it('counts an empty variable as unset, and passes over what is not ours', () => {
    expect(toConfig({ PORT: '', SERVICE_KEYS: '', MONGODB_URI: '', PATH: '/bin', HOME: undefined })).toEqual(
      toConfig({}),
    );
  });

  it('is frozen to the ground', () => {
    const config = toConfig({ SERVICE_KEYS: KEY });
    expect(() => Object.assign(config.session, { limit: 9 })).toThrow(TypeError);
    expect(() => Object.assign(config.serviceKeys[0]!, { key: '' })).toThrow(TypeError);
    expect(() => (config.corsOrigins as string[]).push('https://evil.example')).toThrow(TypeError);
    expect(() => Object.assign(config, { secure: true })).toThrow(TypeError);
  });

  it('reads every setting', () => {
    const config = toConfig({
      NODE_ENV: 'production',
      HOST: '0.0.0.0',
      PORT: '0',
      PUBLIC_URL: 'https://app.example.com/',
      CORS_ORIGINS: 'https://a.example, http://localhost:5173/',
      ALLOWED_HOSTS: 'Accounts.internal, nas',
      SERVICE_KEYS: `billing:${KEY}, ${KEY}x`,
      ADMIN_USERNAME: 'root.admin',
      ADMIN_PASSWORD: 'long enough',
      PHONE_REGION: 'GB',
      SESSION_LIMIT: 'none',
      SESSION_LIMIT_PER: 'device-class',
      SESSION_ON_LIMIT: 'ask',
      SESSION_IDLE_TIMEOUT: '1',
      SESSION_MAX_AGE: '2',
      SESSION_HISTORY_DAYS: '7',
      AUDIT_DAYS: '30',
      CREATIONS_PER_ADDRESS: '500',
      TEXTS_PER_ADDRESS: '7',
      DIRECTORY: 'off',
      EARLIER_APIS_DIRECTORY: 'contacts',
      METRICS_TOKEN: KEY,
      TRUSTED_PROXIES: '10.0.0.0/8,::1',
      FORWARDED_HEADERS: 'forwarded',
      LOG_LEVEL: 'silent',
      SMTP_URL: 'smtps://user:p%40ss@mail.example.com:465',
      MAIL_FROM: 'Example <no-reply@example.com>',
      MAIL_LANGUAGE: 'es',
      SMS_WEBHOOK_URL: 'http://sms.internal:8080/send',
      SMS_WEBHOOK_SECRET: WHSEC,
      PUSH_WEBHOOK_URL: 'https://push.example.com',
      PUSH_WEBHOOK_SECRET: WHSEC,
      WEBHOOK_ALLOW_PRIVATE: 'true',
    });
    expect(config).toMatchObject({
      production: true,
      port: 0,
      publicUrl: 'https://app.example.com',
      secure: true,
      corsOrigins: ['https://a.example', 'http://localhost:5173'],
      allowedHosts: ['accounts.internal', 'nas'],
      serviceKeys: [
        { name: 'billing', key: KEY },
        { name: 'service-2', key: `${KEY}x` },
      ],
      firstAdmin: { username: 'root.admin', password: 'long enough' },
      session: { limit: null, per: 'device-class', onLimit: 'ask', idleTimeout: 1, maxAge: 2 },
      trustedProxies: ['10.0.0.0/8', '::1'],
      forwardedHeaders: 'forwarded',
      mail: { smtpUrl: 'smtps://user:p%40ss@mail.example.com:465', from: 'Example <no-reply@example.com>' },
      productName: 'Oneseat',
      mailLanguage: 'es',
      sms: { url: 'http://sms.internal:8080/send', secret: WHSEC },
      push: { url: 'https://push.example.com', secret: WHSEC },
      webhookAllowPrivate: true,
      auditDays: 30,
      creationsPerAddress: 500,
      textsPerAddress: 7,
      directory: 'off',
      earlierApisDirectory: 'contacts',
      metricsToken: KEY,
    });
  });

  it('keeps pictures in the folder, the bucket or the cloud that is named', () => {
    expect(toConfig({ MEDIA_DIR: '/var/media' }).images).toEqual({ kind: 'disk', folder: '/var/media' });
    const own = { region: 'us-east-1', bucket: 'pictures', accessKeyId: 'id', secretAccessKey: 'secret' };
    expect(toConfig(S3).images).toEqual({ kind: 's3', endpoint: null, ...own });
    const elsewhere = { ...S3, S3_ENDPOINT: 'http://minio:9000', S3_REGION: 'eu-west-1' };
    const at = { endpoint: 'http://minio:9000', region: 'eu-west-1' };
    expect(toConfig(elsewhere).images).toEqual({ kind: 's3', ...own, ...at });
    const cloud = { kind: 'cloudinary', cloudName: 'Demo-1', apiKey: '123', apiSecret: 'a/b', apiOrigin: null };
    expect(toConfig({ CLOUDINARY_URL: 'cloudinary://123:a%2Fb@Demo-1' }).images).toEqual(cloud);
    const inEurope = 'cloudinary://123:a%2Fb@Demo-1?upload_prefix=https://api-eu.cloudinary.com/';
    const apiOrigin = 'https://api-eu.cloudinary.com';
    expect(toConfig({ CLOUDINARY_URL: inEurope }).images).toEqual({ ...cloud, apiOrigin });
  });

  it.each(Object.keys(S3))('misses %s where the others of S3 are given', (missing) => {
    const { [missing]: _, ...rest } = S3;
    expect(faultsOf({ ...rest, S3_ENDPOINT: 'http://minio:9000' })).toEqual([expect.stringContaining(missing)]);
  });

  it('takes one place for pictures, not two', () => {
    const faults = faultsOf({ ...S3, CLOUDINARY_URL: 'cloudinary://123:abc@demo' });
    expect(faults).toEqual([expect.stringMatching(/S3_BUCKET.*CLOUDINARY_URL/)]);
  });

  it.each([
    'mongodb://127.0.0.1:27017/oneseat',
    'mongodb://user:p%40ss@mongo/oneseat?authSource=admin',
    'mongodb+srv://user:pass@cluster0.abcde.mongodb.net/oneseat?retryWrites=true',
    'mongodb://mongo-1:27017,mongo-2:27017,mongo-3:27017/oneseat?replicaSet=rs0',
    'mongodb://mongo_1:27017/oneseat',
    'mongodb://[::1]:27017/oneseat',
  ])('takes the MongoDB address %s', (uri) => {
    expect(toConfig({ MONGODB_URI: uri }).mongodbUri).toBe(uri);
  });

  it.each(['redis://127.0.0.1:6379', 'redis://:p%40ss@redis/2', 'rediss://user:pass@redis.example.com:6380'])(
    'takes the Redis address %s',
    (url) => {
      expect(toConfig({ REDIS_URL: url }).redisUrl).toBe(url);
    },
  );

  it.each(['capacitor://localhost', 'tauri://localhost', 'ionic://localhost', 'chrome-extension://abcdefghijklmnop'])(
    'takes the origin of an app, %s',
    (origin) => {
      expect(toConfig({ CORS_ORIGINS: origin }).corsOrigins).toEqual([origin]);
    },
  );

  it.each<[setting: string, value: string]>([
    ['NODE_ENV', 'staging'],
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['PORT', '-1'],
    ['PUBLIC_URL', 'https://app.example.com/path'],
    ['PUBLIC_URL', 'ftp://app.example.com'],
    ['PUBLIC_URL', 'app.example.com'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://*.example.com'],
    ['CORS_ORIGINS', 'https://a.example,https://app*.example.com'],
    ['ALLOWED_HOSTS', '*'],
    ['ALLOWED_HOSTS', '*.example.com'],
    ['ALLOWED_HOSTS', 'https://accounts.internal'],
    ['ALLOWED_HOSTS', 'accounts.internal:3000'],
    ['CORS_ORIGINS', 'https://a.example,https://b.example/path'],
    ['PRODUCT_NAME', ' '],
    ['PRODUCT_NAME', 'a'.repeat(41)],
    ['PRODUCT_NAME', 'Bank\r\nBcc: x@example.com'],
    ['CORS_ORIGINS', 'file://'],
    ['CORS_ORIGINS', 'file://localhost'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'data:text'],
    ['CORS_ORIGINS', 'capacitor://'],
    ['CORS_ORIGINS', 'capacitor://localhost/path'],
    ['CORS_ORIGINS', 'capacitor://*'],
    ['MONGODB_URI', 'postgres://127.0.0.1/x'],
    ['MONGODB_URI', 'localhost:27017'],
    ['REDIS_URL', 'http://127.0.0.1:6379'],
    ['REDIS_URL', '127.0.0.1:6379'],
    ['REDIS_URL', 'redis://'],
    ['SERVICE_KEYS', 'k'.repeat(31)],
    ['SERVICE_KEYS', `${KEY},short`],
    ['SERVICE_KEYS', `${KEY},${KEY}`],
    ['SERVICE_KEYS', `${'k'.repeat(31)};login`],
    ['ADMIN_USERNAME', '1root'],
    ['ADMIN_PASSWORD', 'Password123'],
    ['ADMIN_PASSWORD', '00000000'],
    ['PHONE_REGION', 'India'],
    ['PHONE_REGION', 'in'],
    ['SESSION_LIMIT', '0'],
    ['SESSION_LIMIT', '1001'],
    ['SESSION_LIMIT', '1.5'],
    ['SESSION_LIMIT', 'None at all'],
    ['SESSION_LIMIT_PER', 'device'],
    ['SESSION_ON_LIMIT', 'end'],
    ['SESSION_IDLE_TIMEOUT', '0'],
    ['SESSION_IDLE_TIMEOUT', '30m'],
    ['SESSION_MAX_AGE', '0'],
    ['SESSION_HISTORY_DAYS', '-1'],
    ['AUDIT_DAYS', '0'],
    ['CREATIONS_PER_ADDRESS', '0'],
    ['TEXTS_PER_ADDRESS', 'none'],
    ['DIRECTORY', 'nobody'],
    ['EARLIER_APIS_DIRECTORY', 'Everyone'],
    ['ARGON2_MEMORY', '7'],
    ['METRICS_TOKEN', 'k'.repeat(31)],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', 'nginx'],
    ...['0.0.0.0/0', '10.0.0.7/0', '::/0', '::ffff:0:0/96', '10', '127.1', '10/8', '0x7f.0.0.1', '010.0.0.1'].map(
      (network): [string, string] => ['TRUSTED_PROXIES', network],
    ),
    ['FORWARDED_HEADERS', 'x-real-ip'],
    ['LOG_LEVEL', 'loud'],
    ['SMTP_URL', 'http://mail.example.com'],
    ['SMTP_URL', 'mail.example.com:587'],
    ['MAIL_FROM', 'no address'],
    ['MAIL_LANGUAGE', 'fr'],
    ['SMS_WEBHOOK_URL', 'ftp://sms.example.com'],
    ['SMS_WEBHOOK_URL', 'https://user:pass@sms.example.com'],
    ['SMS_WEBHOOK_SECRET', 'whsec_c2hvcnQ='],
    ['PUSH_WEBHOOK_URL', 'push.example.com'],
    ['PUSH_WEBHOOK_SECRET', WHSEC.slice(6)],
    ['WEBHOOK_ALLOW_PRIVATE', 'yes'],
    ['S3_ENDPOINT', 'minio:9000'],
    ['CLOUDINARY_URL', 'https://123:abc@demo'],
    ['CLOUDINARY_URL', 'cloudinary://demo'],
    ['CLOUDINARY_URL', 'cloudinary://123:abc@demo?upload_prefix=api'],
  ])('refuses %s=%s, naming the setting', (setting, value) => {
    const together = [...PAIRS, { ...S3, S3_ENDPOINT: '' }].find((those) => setting in those) ?? {};
    const faults = faultsOf({ ...together, [setting]: value });
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) expect(fault).toContain(setting);
  });

  it.each(PAIRS)('takes %o whole or not at all', (pair) => {
    expect(faultsOf(pair)).toEqual([]);
    const [one, two] = Object.keys(pair) as [string, string];
    expect(faultsOf({ [one]: pair[one]! })).toEqual([expect.stringContaining(two)]);
    expect(faultsOf({ [two]: pair[two]! })).toEqual([expect.stringContaining(one)]);
  });

  it('takes no short password for the first administrator', () => {
    expect(faultsOf({ ADMIN_USERNAME: 'root.admin', ADMIN_PASSWORD: '7 chars' })).toEqual([
      expect.stringContaining('ADMIN_PASSWORD'),
    ]);
  });

  it('lets tests alone make password hashes cheap', () => {
    const cheap = { ARGON2_MEMORY: '64' };
    expect(toConfig({ ...cheap, NODE_ENV: 'test' }).argon2Memory).toBe(64);
    for (const NODE_ENV of ['', 'development', 'production'])
      expect(faultsOf({ ...cheap, NODE_ENV })).toEqual([expect.stringContaining('ARGON2_MEMORY')]);
  });

  it('refuses a guessable service key in production', () => {
    const production = { NODE_ENV: 'production' };
    for (const name of ['', 'exam-platform_2:']) {
      const guessable = { SERVICE_KEYS: `${KEY},${name}${'changeme'.repeat(5)}` };
      expect(faultsOf({ ...guessable, ...production })).toEqual([expect.stringContaining('SERVICE_KEYS')]);
      expect(faultsOf(guessable)).toEqual([]);
      expect(faultsOf({ SERVICE_KEYS: `${name}${KEY}`, ...production })).toEqual([]);
    }
  });

  it('refuses one key under two names, and keys of one name with different scopes', () => {
    const other = KEY.split('').reverse().join('');
    for (const [keys, fault] of [
      [`a:${KEY};login,b:${KEY}`, 'the same key twice'],
      [`a:${KEY};login,a:${other};end`, 'the same scopes'],
      [`a:${KEY};login,a:${other}`, 'the same scopes'],
    ] as const) {
      const faults = faultsOf({ SERVICE_KEYS: keys });
      expect(faults).toEqual([expect.stringMatching(`^SERVICE_KEYS .*${fault}`)]);
      for (const key of [KEY, other]) expect(faults.join()).not.toContain(key);
    }
    expect(faultsOf({ SERVICE_KEYS: `a:${KEY};login+end,a:${other};end+login,b:${other}x;login` })).toEqual([]);
  });

  it('refuses an ADMIN_PASSWORD that is the ADMIN_USERNAME', () => {
    expect(faultsOf({ ADMIN_USERNAME: 'root.admin', ADMIN_PASSWORD: 'Root.Admin' })).toEqual([
      'ADMIN_PASSWORD must not be the ADMIN_USERNAME',
    ]);
  });

  it('reports guessable secrets together with all other faults', () => {
    const faults = faultsOf({ PORT: 'x', ADMIN_USERNAME: 'root.admin', ADMIN_PASSWORD: 'password' });
    expect(faults.join()).toMatch(/PORT.*ADMIN_PASSWORD/);
  });

  it('reports every fault at once, and no value', () => {
    const wrong = {
      PORT: 'HIDDEN-port',
      MONGODB_URI: 'HIDDEN://user:pass@host',
      REDIS_URL: 'HIDDEN://user:pass@host',
      SERVICE_KEYS: 'HIDDEN-short-key',
      ADMIN_USERNAME: '1HIDDEN',
      ADMIN_PASSWORD: 'HIDDEN',
      SESSION_LIMIT: 'HIDDEN',
      TRUSTED_PROXIES: 'HIDDEN',
      SMTP_URL: 'http://HIDDEN@host',
      SMS_WEBHOOK_SECRET: 'HIDDEN',
      CLOUDINARY_URL: 'HIDDEN://a:b@c',
    };
    expect(() => toConfig(wrong)).toThrow(EnvironmentError);
    const report = new EnvironmentError(faultsOf(wrong)).message;
    for (const setting of Object.keys(wrong)) expect(report).toContain(setting);
    expect(report).not.toContain('HIDDEN');
  });
});
