import { dictionary } from '@zxcvbn-ts/language-common';

const COMMON_PASSWORDS = new Set(dictionary['passwords-common']);

/** Whether it is among some 49,000 that attackers try first, in any case. */
export function isCommonPassword(password: string): boolean {
  return COMMON_PASSWORDS.has(password.toLowerCase());
}
