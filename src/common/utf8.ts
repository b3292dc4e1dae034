import { AppError } from './app-error.js';
import { UnsupportedMediaTypeError } from './multipart.js';

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The text of a body or of a part of it. Throws `invalid_encoding` for bytes that are no UTF-8: decoded leniently, every one of them is
 * U+FFFD, and two passwords are the same.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw invalidEncoding(error);
  }
}

export function invalidEncoding(cause: unknown): AppError {
  return new AppError('invalid_encoding', 'invalid', 'The body is not encoded as UTF-8.', { cause });
}

/** Throws `UnsupportedMediaTypeError` where the content type names another charset. */
export function assertUtf8(contentType: string | undefined): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw new UnsupportedMediaTypeError();
}
