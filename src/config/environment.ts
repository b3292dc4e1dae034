import { Transform, plainToInstance } from 'class-transformer';
import {
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  MinLength,
  Validate,
  ValidateIf,
  validateSync,
  type ValidationError,
} from 'class-validator';
import { getCountries, type CountryCode } from 'libphonenumber-js/max';
import { visibleLine } from '../common/index.js';
import { ARGON2_MEMORY, faultsAcross } from './environment.faults.js';
import {
  IsCidr,
  IsCloudinaryUrl,
  IsHostName,
  IsOrigin,
  IsHttpUrl,
  IsServiceKey,
  IsSmtpUrl,
  IsWebhookSecret,
} from './environment.rules.js';
import { IsWholeNumber, toBoolean, toInt, toList } from './environment.values.js';

const isGiven = (_: unknown, value: unknown) => value !== undefined;

/** Settings that make sense together only: needed where one of the others is given. */
const TogetherWith = (...others: (keyof Environment)[]) =>
  ValidateIf((env: Environment, value) => isGiven(null, value) || others.some((other) => env[other] !== undefined));

/** Whom a person may look up: those with whom there are messages and who is named exactly, everybody, or only those with whom there are messages. */
export type DirectoryMode = 'contacts' | 'everyone' | 'off';

/** Every setting, its default and its rule. An empty variable counts as unset. `.env.example` says what each is for. */
export class Environment {
  @IsIn(['development', 'production', 'test'])
  NODE_ENV: string = 'development';

  @IsString()
  HOST: string = '127.0.0.1';

  @Transform(toInt)
  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT: number = 3000;

  @IsOptional()
  @Validate(IsOrigin)
  PUBLIC_URL?: string;

  @Transform(toList)
  @IsArray()
  @Validate(IsOrigin, { each: true })
  CORS_ORIGINS: string[] = [];

  @Transform(toList)
  @IsArray()
  @Validate(IsHostName, { each: true })
  ALLOWED_HOSTS: string[] = [];

  @IsString()
  DATABASE_FILE: string = 'data/oneseat.db';

  @IsOptional()
  @Matches(/^mongodb(\+srv)?:\/\/[^\s/]+/, {
    message: 'MONGODB_URI must start with mongodb:// or mongodb+srv:// and a host',
  })
  MONGODB_URI?: string;

  @IsOptional()
  @Matches(/^rediss?:\/\/[^\s/]+/, { message: 'REDIS_URL must start with redis:// or rediss:// and a host' })
  REDIS_URL?: string;

  @Transform(toList)
  @IsArray()
  @ArrayUnique()
  @Validate(IsServiceKey, { each: true })
  SERVICE_KEYS: string[] = [];

  @TogetherWith('ADMIN_PASSWORD')
  @Matches(/^[A-Za-z][A-Za-z0-9._-]{2,39}$/, {
    message: 'ADMIN_USERNAME must be a username, given with ADMIN_PASSWORD',
  })
  ADMIN_USERNAME?: string;

  @TogetherWith('ADMIN_USERNAME')
  @MinLength(8, { message: 'ADMIN_PASSWORD must have at least 8 characters and be given with ADMIN_USERNAME' })
  ADMIN_PASSWORD?: string;

  @IsIn(getCountries(), { message: 'PHONE_REGION must be a two-letter country code such as IN' })
  PHONE_REGION: CountryCode = 'IN';

  @Transform((given) => (given.value === 'none' ? null : toInt(given)))
  @ValidateIf(({ SESSION_LIMIT }: Environment) => SESSION_LIMIT !== null)
  @IsInt({ message: 'SESSION_LIMIT must be a whole number from 1 to 1000, or none' })
  @Min(1)
  @Max(1000)
  SESSION_LIMIT: number | null = 1;

  @IsIn(['user', 'device-class'])
  SESSION_LIMIT_PER: 'user' | 'device-class' = 'user';

  @IsIn(['end-oldest', 'end-least-recent', 'end-all', 'refuse', 'ask', 'approve'])
  SESSION_ON_LIMIT: 'end-oldest' | 'end-least-recent' | 'end-all' | 'refuse' | 'ask' | 'approve' = 'end-oldest';

  @Transform(toInt)
  @IsInt()
  @Min(1)
  @Max(31_536_000)
  SESSION_IDLE_TIMEOUT: number = 1800;

  @Transform(toInt)
  @IsInt()
  @Min(1)
  @Max(315_360_000)
  SESSION_MAX_AGE: number = 2_592_000;

  @IsWholeNumber(1, 36_500)
  SESSION_HISTORY_DAYS: number = 90;

  @IsWholeNumber(1, 36_500)
  AUDIT_DAYS: number = 365;

  @IsWholeNumber(1, 36_500)
  ACTIVITY_DAYS: number = 90;

  @IsWholeNumber(1)
  CREATIONS_PER_ADDRESS: number = 30;

  @IsWholeNumber(1)
  TEXTS_PER_ADDRESS: number = 60;

  @IsIn(['contacts', 'everyone', 'off'])
  DIRECTORY: DirectoryMode = 'contacts';

  @IsIn(['contacts', 'everyone', 'off'])
  EARLIER_APIS_DIRECTORY: DirectoryMode = 'everyone';

  @Transform(toInt)
  @IsInt()
  @Min(8)
  ARGON2_MEMORY: number = ARGON2_MEMORY;

  @IsOptional()
  @Matches(/^\S{32,}$/, { message: 'METRICS_TOKEN must have at least 32 characters, and no space' })
  METRICS_TOKEN?: string;

  @Transform(toList)
  @IsArray()
  @Validate(IsCidr, { each: true })
  TRUSTED_PROXIES: string[] = [];

  @IsIn(['x-forwarded', 'forwarded'])
  FORWARDED_HEADERS: 'x-forwarded' | 'forwarded' = 'x-forwarded';

  @TogetherWith('MAIL_FROM')
  @Validate(IsSmtpUrl)
  SMTP_URL?: string;

  @TogetherWith('SMTP_URL')
  @IsEmail({ allow_display_name: true }, { message: 'MAIL_FROM must be an e-mail address, given with SMTP_URL' })
  MAIL_FROM?: string;

  @Matches(visibleLine(40), { message: 'PRODUCT_NAME must be a line of 1 to 40 visible characters' })
  PRODUCT_NAME: string = 'Oneseat';

  @IsIn(['en', 'es'])
  MAIL_LANGUAGE: 'en' | 'es' = 'en';

  @TogetherWith('SMS_WEBHOOK_SECRET')
  @Validate(IsHttpUrl)
  SMS_WEBHOOK_URL?: string;

  @TogetherWith('SMS_WEBHOOK_URL')
  @Validate(IsWebhookSecret)
  SMS_WEBHOOK_SECRET?: string;

  @TogetherWith('PUSH_WEBHOOK_SECRET')
  @Validate(IsHttpUrl)
  PUSH_WEBHOOK_URL?: string;

  @TogetherWith('PUSH_WEBHOOK_URL')
  @Validate(IsWebhookSecret)
  PUSH_WEBHOOK_SECRET?: string;

  @Transform(toBoolean)
  @IsBoolean({ message: 'WEBHOOK_ALLOW_PRIVATE must be true or false' })
  WEBHOOK_ALLOW_PRIVATE: boolean = false;

  @IsString()
  MEDIA_DIR: string = 'data/media';

  @IsOptional()
  @Validate(IsHttpUrl)
  S3_ENDPOINT?: string;

  @IsString()
  S3_REGION: string = 'us-east-1';

  @TogetherWith('S3_ENDPOINT', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY')
  @IsString({ message: 'S3_BUCKET must be given with the other S3_ settings' })
  S3_BUCKET?: string;

  @TogetherWith('S3_BUCKET')
  @IsString({ message: 'S3_ACCESS_KEY_ID must be given with S3_BUCKET' })
  S3_ACCESS_KEY_ID?: string;

  @TogetherWith('S3_BUCKET')
  @IsString({ message: 'S3_SECRET_ACCESS_KEY must be given with S3_BUCKET' })
  S3_SECRET_ACCESS_KEY?: string;

  @IsOptional()
  @Validate(IsCloudinaryUrl)
  CLOUDINARY_URL?: string;

  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
  LOG_LEVEL: string = 'info';
}

/** Every fault of the environment at once, so that one look mends them all. Names settings, never their values. */
export class EnvironmentError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The environment is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** Throws `EnvironmentError`. */
export function parseEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.entries(variables).filter(([, value]) => value !== undefined && value !== '');
  const environment = plainToInstance(Environment, Object.fromEntries(given), { exposeDefaultValues: true });
  const faults = [...validateSync(environment).flatMap(describe), ...faultsAcross(environment)];
  if (faults.length > 0) throw new EnvironmentError(faults);
  return environment;
}

function describe({ constraints = {} }: ValidationError): string[] {
  return Object.values(constraints);
}
