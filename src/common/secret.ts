import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256, hex. Enough for secrets of 256 random bits: they cannot be guessed, so hashing need not be slow. */
export function sha256(text: string | Buffer): string {
  return hash('sha256', text, 'hex');
}

/** Compares two hex hashes of equal length in constant time. */
export function sameHash(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
}

/** A text of exactly `bytes` bytes in canonical base64url, decoded; null for anything else. */
export function decodeBase64url(text: string, bytes: number): Buffer | null {
  const decoded = Buffer.from(text, 'base64url');
  return decoded.length === bytes && decoded.toString('base64url') === text ? decoded : null;
}
