import { isCommonPassword } from '../common/index.js';

/** KiB. OWASP Password Storage Cheat Sheet, Argon2id with two passes and one lane. */
export const ARGON2_MEMORY = 19_456;

/** What is looked at together. */
interface Given {
  readonly NODE_ENV: string;
  readonly ADMIN_PASSWORD?: string;
  readonly ARGON2_MEMORY: number;
  readonly METRICS_TOKEN?: string;
  readonly SERVICE_KEYS: readonly string[];
  readonly S3_BUCKET?: string;
  readonly CLOUDINARY_URL?: string;
}

/** What no setting shows by itself. Names settings, never their values. */
export function faultsAcross(env: Given): string[] {
  return [...weakSecrets(env), ...clashes(env)];
}

/** 32 random hexadecimal digits practically always have more. */
const DISTINCT_CHARACTERS = 9;

/** What would be guessed: a password that everybody tries, a key of the kind `changeme-changeme-…`. */
function weakSecrets(env: Given): string[] {
  const guessable = (entry: string) => new Set(entry.replace(/^.*:/, '')).size < DISTINCT_CHARACTERS;
  return [
    ...(isCommonPassword(env.ADMIN_PASSWORD ?? '') ? ['ADMIN_PASSWORD is among the most common passwords'] : []),
    ...(env.NODE_ENV !== 'test' && env.ARGON2_MEMORY !== ARGON2_MEMORY
      ? ['ARGON2_MEMORY may be set with NODE_ENV=test only: a cheap hash is soon guessed']
      : []),
    ...(env.NODE_ENV === 'production' && env.METRICS_TOKEN !== undefined && guessable(env.METRICS_TOKEN)
      ? [`METRICS_TOKEN must be random: it has fewer than ${DISTINCT_CHARACTERS} different characters`]
      : []),
    ...(env.NODE_ENV === 'production' && env.SERVICE_KEYS.some(guessable)
      ? [`SERVICE_KEYS must be random: a key has fewer than ${DISTINCT_CHARACTERS} different characters`]
      : []),
  ];
}

function clashes({ S3_BUCKET, CLOUDINARY_URL }: Given): string[] {
  if (S3_BUCKET === undefined || CLOUDINARY_URL === undefined) return [];
  return ['S3_BUCKET and CLOUDINARY_URL exclude each other: pictures are kept in one place'];
}
