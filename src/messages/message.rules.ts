import { InvalidFieldError, VISIBLE } from '../common/index.js';

/** Characters, as a person counts them: code points. */
export const MAX_TEXT_LENGTH = 4000;

/** Something visible, and no control characters but line breaks and tabs. */
const TEXT = new RegExp(`^(?=.*${VISIBLE})(?:[^\\p{Cc}\\p{Cs}]|[\\n\\r\\t]){1,${MAX_TEXT_LENGTH}}$`, 'su');

/** Visible ASCII. */
export const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,128}$/;
export const IDEMPOTENCY_KEY_RULE = 'must have 1 to 128 visible ASCII characters';

/** Throws `InvalidFieldError`. */
export function assertText(text: string): void {
  if (!TEXT.test(text)) {
    const rule = `must have 1 to ${MAX_TEXT_LENGTH} characters, a visible one among them, and no control characters but line breaks and tabs`;
    throw new InvalidFieldError('text', rule);
  }
}
