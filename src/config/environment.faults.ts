import { isCommonPassword } from '../common/index.js';
import { parseServiceKey } from './service-key.js';

/** KiB. OWASP Password Storage Cheat Sheet, Argon2id with two passes and one lane. */
export const ARGON2_MEMORY = 19_456;

/** What is looked at together. */
interface Given {
  readonly NODE_ENV: string;
  readonly ADMIN_USERNAME?: string;
  readonly ADMIN_PASSWORD?: string;
  readonly ARGON2_MEMORY: number;
  readonly METRICS_TOKEN?: string;
  readonly SERVICE_KEYS: readonly string[];
  readonly S3_BUCKET?: string;
  readonly CLOUDINARY_URL?: string;
}

/** What no setting shows by itself. Names settings, never their values. */
export function faultsAcross(env: Given): string[] {
  return [...weakSecrets(env), ...clashes(env), ...ambiguousKeys(env)];
}

/** 32 random hexadecimal digits practically always have more. */
const DISTINCT_CHARACTERS = 9;

/** What would be guessed: a password that everybody tries, a key of the kind `changeme-changeme-…`. */
function weakSecrets(env: Given): string[] {
  const guessable = (secret: string) => new Set(secret).size < DISTINCT_CHARACTERS;
  return [
    ...weakAdminPassword(env),
    ...(env.NODE_ENV !== 'test' && env.ARGON2_MEMORY !== ARGON2_MEMORY
      ? ['ARGON2_MEMORY may be set with NODE_ENV=test only: a cheap hash is soon guessed']
      : []),
    ...(env.NODE_ENV === 'production' && env.METRICS_TOKEN !== undefined && guessable(env.METRICS_TOKEN)
      ? [`METRICS_TOKEN must be random: it has fewer than ${DISTINCT_CHARACTERS} different characters`]
      : []),
    ...(env.NODE_ENV === 'production' && keysOf(env).some(({ key }) => guessable(key))
      ? [`SERVICE_KEYS must be random: a key has fewer than ${DISTINCT_CHARACTERS} different characters`]
      : []),
  ];
}

/** Who calls is known by the key, and what they may do by its name. */
function ambiguousKeys(env: Given): string[] {
  const keys = keysOf(env);
  const isTwice = keys.some(({ key }, i) => keys.findIndex((other) => other.key === key) < i);
  const named = keys.filter(({ name }) => name !== null);
  const differs = named.some(({ name, scopes }) =>
    named.some((other) => other.name === name && other.scopes.join() !== scopes.join()),
  );
  return [
    ...(isTwice ? ['SERVICE_KEYS has the same key twice'] : []),
    ...(differs ? ['SERVICE_KEYS must give the keys of one name the same scopes'] : []),
  ];
}

/** Those that can be read: the others are a fault of their own. */
function keysOf({ SERVICE_KEYS }: Given) {
  const entries: unknown[] = [...SERVICE_KEYS];
  return entries.flatMap((entry) => (typeof entry === 'string' ? (parseServiceKey(entry) ?? []) : []));
}

function weakAdminPassword({ ADMIN_USERNAME, ADMIN_PASSWORD }: Given): string[] {
  if (ADMIN_PASSWORD === undefined) return [];
  if (isCommonPassword(ADMIN_PASSWORD)) return ['ADMIN_PASSWORD is among the most common passwords'];
  const isName = ADMIN_PASSWORD.toLowerCase() === ADMIN_USERNAME?.toLowerCase();
  return isName ? ['ADMIN_PASSWORD must not be the ADMIN_USERNAME'] : [];
}

function clashes({ S3_BUCKET, CLOUDINARY_URL }: Given): string[] {
  if (S3_BUCKET === undefined || CLOUDINARY_URL === undefined) return [];
  return ['S3_BUCKET and CLOUDINARY_URL exclude each other: pictures are kept in one place'];
}
