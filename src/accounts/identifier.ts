import parsePhoneNumber, { type CountryCode } from 'libphonenumber-js/max';

export const IDENTIFIER_KINDS = ['mobile', 'username', 'email'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** E.164 of a valid number in international form or the national form of `region`; null for anything else, extensions included. */
export function parseMobile(text: string, region: CountryCode): string | null {
  // The parser drops what it does not know after the number; only digits and separators may stand there.
  if (!/^\+?[\d\s().-]{4,32}$/.test(text)) return null;
  const number = parsePhoneNumber(text, { defaultCountry: region, extract: false });
  return number?.isValid() && !number.ext ? number.number : null;
}

/** The national significant number where the number belongs to `region`, else E.164. */
export function toNationalForm(mobile: string, region: CountryCode): string {
  const number = parsePhoneNumber(mobile);
  return number && number.country === region ? number.nationalNumber : mobile;
}

/** What a person typed to log in: with `@` an e-mail, a valid phone number a mobile, else a username. */
export function parseIdentifier(text: string, region: CountryCode): { kind: IdentifierKind; value: string } {
  if (text.includes('@')) return { kind: 'email', value: text };
  const mobile = parseMobile(text, region);
  return mobile ? { kind: 'mobile', value: mobile } : { kind: 'username', value: text };
}

/** What makes an identifier unique: `username` and `email` are compared without regard to case. */
export function identifierKey(kind: IdentifierKind, value: string): string {
  return `${kind}:${kind === 'mobile' ? value : value.toLowerCase()}`;
}

/**
 * What two spellings of a contact have in common that lead to one mailbox for sure: they differ in the case of ASCII letters alone. The
 * key of an identifier folds more, the Kelvin sign to `k` for one. So it names an account, and never says where a code goes, or what a
 * code has proved.
 */
export function mailboxOf(contact: string): string {
  return contact.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

export function isSameMailbox(one: string, other: string): boolean {
  return mailboxOf(one) === mailboxOf(other);
}

export function kindOfKey(key: string): IdentifierKind {
  return key.slice(0, key.indexOf(':')) as IdentifierKind;
}

/** Digits of a mobile in a password, from which on they count as the mobile. */
const SUBSCRIBER_DIGITS = 7;

/**
 * Whether a password is one's own username, e-mail (also without its host) or mobile (also in national form, with or without
 * separators), whatever the case. Whoever knows the person would try these first.
 */
export function isOwnIdentifier(
  password: string,
  { mobile, username, email }: Record<IdentifierKind, string | null>,
): boolean {
  const given = password.toLowerCase();
  if ([username, email, email?.split('@')[0]].some((own) => own?.toLowerCase() === given)) return true;
  if (mobile === null || !/^[+\d\s().-]+$/.test(given)) return false;
  const digits = given.replace(/\D/g, '').replace(/^0+/, '');
  return digits.length >= SUBSCRIBER_DIGITS && mobile.endsWith(digits);
}
