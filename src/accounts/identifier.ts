import parsePhoneNumber, { type CountryCode } from 'libphonenumber-js/max';
import { domainToASCII, domainToUnicode } from 'node:url';
import { foldText, InvalidFieldError } from '../common/index.js';

export const IDENTIFIER_KINDS = ['mobile', 'username', 'email'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/**
 * An identifier as it was meant, from one that was copied or typed: without blanks around it and invisible characters within, every dash a
 * hyphen, every blank a space, full-width letters and digits as ASCII.
 */
export function cleanIdentifier(text: string): string {
  return text
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\p{Zs}/gu, ' ')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .trim();
}

/** The one form of an e-mail that can be written in several: composed (NFC), and with its host in Unicode, not in Punycode. */
export function normalizeEmail(text: string): string {
  const email = cleanIdentifier(text).normalize('NFC');
  const [local, host] = [email.slice(0, email.lastIndexOf('@') + 1), email.slice(email.lastIndexOf('@') + 1)];
  if (!/[^!-~]|(^|\.)xn--/i.test(host)) return email;
  const ascii = domainToASCII(host);
  return ascii ? local + domainToUnicode(ascii) : email;
}

/** E.164 of a valid number in international form or the national form of `region`; null for anything else, extensions included. */
export function parseMobile(text: string, region: CountryCode): string | null {
  // The parser knows no country code in brackets.
  const clean = cleanIdentifier(text).replace(/^\((\+\p{Nd}+)\)/u, '$1');
  // The parser drops what it does not know after the number; only digits and separators may stand there.
  if (!/^\+?[\p{Nd}\s().-]{4,32}$/u.test(clean)) return null;
  const number = parsePhoneNumber(clean, { defaultCountry: region, extract: false });
  return number?.isValid() && !number.ext ? number.number : null;
}

/** Kinds of numbers that can get a text. A text to another kind costs money, or reaches nobody. */
const TEXTABLE: readonly (string | undefined)[] = ['MOBILE', 'FIXED_LINE_OR_MOBILE', 'VOIP'];

/** Of a mobile in E.164 that is new to an account. Throws `InvalidFieldError`. Whoever has another one from before keeps it. */
export function assertTextable(field: string, mobile: string): void {
  if (!TEXTABLE.includes(parsePhoneNumber(mobile)?.getType()))
    throw new InvalidFieldError(field, 'must be a number that can receive texts');
}

/** The national significant number where the number belongs to `region`, else E.164. */
export function toNationalForm(mobile: string, region: CountryCode): string {
  const number = parsePhoneNumber(mobile);
  return number && number.country === region ? number.nationalNumber : mobile;
}

/** What a person typed to log in: with `@` an e-mail, a valid phone number a mobile, else a username. */
export function parseIdentifier(text: string, region: CountryCode): { kind: IdentifierKind; value: string } {
  const clean = cleanIdentifier(text);
  if (clean.includes('@')) return { kind: 'email', value: normalizeEmail(clean) };
  const mobile = parseMobile(clean, region);
  return mobile ? { kind: 'mobile', value: mobile } : { kind: 'username', value: clean };
}

/** An identifier whose kind is known, in the form in which it is kept; null for a mobile that is none. */
export function readIdentifier(kind: IdentifierKind, text: string, region: CountryCode): string | null {
  if (kind === 'mobile') return parseMobile(text, region);
  return kind === 'email' ? normalizeEmail(text) : cleanIdentifier(text);
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
  const given = foldText(password);
  if ([username, email, email?.split('@')[0]].some((own) => own && foldText(own) === given)) return true;
  if (mobile === null || !/^[+\d\s().-]+$/.test(given)) return false;
  const digits = given.replace(/\D/g, '').replace(/^0+/, '');
  return digits.length >= SUBSCRIBER_DIGITS && mobile.endsWith(digits);
}
