import type { CountryCode } from 'libphonenumber-js/max';
import { EnvironmentError, parseEnvironment, type DirectoryMode, type Environment } from './environment.js';
import { parseServiceKey, type ServiceKey } from './service-key.js';

export type { DirectoryMode };

/** A provider of the operator's that texts or pushes: gets Standard Webhooks signed with the secret. */
export interface Provider {
  readonly url: string;
  readonly secret: string;
}

/** Where pictures are kept. */
export type ImagePlace =
  | { readonly kind: 'disk'; readonly folder: string }
  | {
      readonly kind: 's3';
      /** Null: that of AWS. */
      readonly endpoint: string | null;
      readonly region: string;
      readonly bucket: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    }
  | {
      readonly kind: 'cloudinary';
      readonly cloudName: string;
      readonly apiKey: string;
      readonly apiSecret: string;
      /** Origin of the API; null for that of the United States, where accounts are unless they say otherwise. */
      readonly apiOrigin: string | null;
    };

/** The settings in the shape that the rest of the service uses. Frozen; its class is its injection token. */
export abstract class Config {
  abstract readonly production: boolean;
  abstract readonly host: string;
  abstract readonly port: number;
  /** The origin under which browsers reach the service; null where it is the host that each request names. */
  abstract readonly publicUrl: string | null;
  /** Where people open the pages to which messages and the help desk link; null where nobody knows that. */
  abstract readonly pagesUrl: string | null;
  /** Whether browsers come over https: decides on `Secure` cookies. */
  abstract readonly secure: boolean;
  abstract readonly corsOrigins: readonly string[];
  /** Names, in lower case, under which browsers may reach the service where `publicUrl` is null; addresses and `localhost` always may. */
  abstract readonly allowedHosts: readonly string[];
  abstract readonly databaseFile: string;
  /** Set: MongoDB instead of the SQLite file. */
  abstract readonly mongodbUri: string | null;
  /** Set: nodes tell each other's sockets through it. */
  abstract readonly redisUrl: string | null;
  abstract readonly images: ImagePlace;
  abstract readonly serviceKeys: readonly ServiceKey[];
  abstract readonly firstAdmin: { readonly username: string; readonly password: string } | null;
  /** KiB that one password hash takes. */
  abstract readonly argon2Memory: number;
  abstract readonly phoneRegion: CountryCode;
  /** Timeouts in seconds. */
  abstract readonly session: {
    readonly limit: number | null;
    readonly per: Environment['SESSION_LIMIT_PER'];
    readonly onLimit: Environment['SESSION_ON_LIMIT'];
    readonly idleTimeout: number;
    readonly maxAge: number;
  };
  /** Days for which ended sessions are kept. */
  abstract readonly historyDays: number;
  /** Days for which the audit record is kept. */
  abstract readonly auditDays: number;
  /** Days for which it is kept what was done in sessions. */
  abstract readonly activityDays: number;
  /** Accounts and new identifiers that one address, or IPv6 /48, may ask for within an hour. */
  abstract readonly creationsPerAddress: number;
  /** Codes, likewise. */
  abstract readonly textsPerAddress: number;
  /** Whom a person may look up. */
  abstract readonly directory: DirectoryMode;
  /** The same in the earlier APIs. */
  abstract readonly earlierApisDirectory: DirectoryMode;
  /** What a scraper of the metrics has to show; null where anybody may read them. */
  abstract readonly metricsToken: string | null;
  /** Peers whose forwarding headers are believed. */
  abstract readonly trustedProxies: readonly string[];
  /** `X-Forwarded-For` and `X-Forwarded-Host`, or `Forwarded` as RFC 7239 has it. */
  abstract readonly forwardedHeaders: Environment['FORWARDED_HEADERS'];
  abstract readonly logLevel: string;
  /** Null: nobody gets mail. */
  abstract readonly mail: { readonly smtpUrl: string; readonly from: string } | null;
  /** What people know this service as. */
  abstract readonly productName: string;
  /** For people who have chosen no language. */
  abstract readonly mailLanguage: Environment['MAIL_LANGUAGE'];
  abstract readonly sms: Provider | null;
  abstract readonly push: Provider | null;
  /** Whether webhooks may go to http and to addresses within the operator's network. */
  abstract readonly webhookAllowPrivate: boolean;
}

/** Reads the process's environment, and a `.env` file beside it if there is one. Throws `EnvironmentError`. */
export function loadConfig(): Config {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw new EnvironmentError(['.env cannot be read']);
  }
  return toConfig(process.env);
}

/** Throws `EnvironmentError` naming every fault. */
export function toConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const env = parseEnvironment(variables);
  const publicUrl = env.PUBLIC_URL?.replace(/\/$/, '') ?? null;
  return deepFreeze({
    production: env.NODE_ENV === 'production',
    host: env.HOST,
    port: env.PORT,
    publicUrl,
    // In development people sit at the machine itself.
    pagesUrl: publicUrl ?? (env.NODE_ENV === 'production' ? null : `http://${env.HOST}:${env.PORT}`),
    secure: publicUrl?.startsWith('https:') ?? false,
    corsOrigins: env.CORS_ORIGINS.map((origin) => origin.replace(/\/$/, '')),
    allowedHosts: env.ALLOWED_HOSTS.map((host) => host.toLowerCase()),
    databaseFile: env.DATABASE_FILE,
    mongodbUri: env.MONGODB_URI ?? null,
    redisUrl: env.REDIS_URL ?? null,
    images: toImagePlace(env),
    serviceKeys: env.SERVICE_KEYS.map(toServiceKey),
    firstAdmin:
      env.ADMIN_USERNAME && env.ADMIN_PASSWORD ? { username: env.ADMIN_USERNAME, password: env.ADMIN_PASSWORD } : null,
    argon2Memory: env.ARGON2_MEMORY,
    phoneRegion: env.PHONE_REGION,
    session: {
      limit: env.SESSION_LIMIT,
      per: env.SESSION_LIMIT_PER,
      onLimit: env.SESSION_ON_LIMIT,
      idleTimeout: env.SESSION_IDLE_TIMEOUT,
      maxAge: env.SESSION_MAX_AGE,
    },
    historyDays: env.SESSION_HISTORY_DAYS,
    auditDays: env.AUDIT_DAYS,
    activityDays: env.ACTIVITY_DAYS,
    creationsPerAddress: env.CREATIONS_PER_ADDRESS,
    textsPerAddress: env.TEXTS_PER_ADDRESS,
    directory: env.DIRECTORY,
    earlierApisDirectory: env.EARLIER_APIS_DIRECTORY,
    metricsToken: env.METRICS_TOKEN ?? null,
    trustedProxies: env.TRUSTED_PROXIES,
    forwardedHeaders: env.FORWARDED_HEADERS,
    logLevel: env.LOG_LEVEL,
    mail: env.SMTP_URL && env.MAIL_FROM ? { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM } : null,
    productName: env.PRODUCT_NAME,
    mailLanguage: env.MAIL_LANGUAGE,
    sms: toProvider(env.SMS_WEBHOOK_URL, env.SMS_WEBHOOK_SECRET),
    push: toProvider(env.PUSH_WEBHOOK_URL, env.PUSH_WEBHOOK_SECRET),
    webhookAllowPrivate: env.WEBHOOK_ALLOW_PRIVATE,
  });
}

function toProvider(url: string | undefined, secret: string | undefined): Provider | null {
  return url && secret ? { url, secret } : null;
}

function toImagePlace(env: Environment): ImagePlace {
  if (env.CLOUDINARY_URL) return toCloudinary(new URL(env.CLOUDINARY_URL));
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!bucket || !accessKeyId || !secretAccessKey) return { kind: 'disk', folder: env.MEDIA_DIR };
  const [endpoint, region] = [env.S3_ENDPOINT ?? null, env.S3_REGION];
  return { kind: 's3', endpoint, region, bucket, accessKeyId, secretAccessKey };
}

function toCloudinary({ hostname, username, password, searchParams }: URL): ImagePlace {
  const [apiKey, apiSecret] = [decodeURIComponent(username), decodeURIComponent(password)];
  const apiOrigin = searchParams.get('upload_prefix')?.replace(/\/$/, '') ?? null;
  return { kind: 'cloudinary', cloudName: hostname, apiKey, apiSecret, apiOrigin };
}

function toServiceKey(entry: string, index: number): ServiceKey {
  const { name, ...key } = parseServiceKey(entry)!;
  return { name: name ?? `service-${index + 1}`, ...key };
}

function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) if (typeof member === 'object' && member !== null) deepFreeze(member);
  return Object.freeze(value);
}
