import type { ContactChannel, Locale } from '../accounts/index.js';
import type { Message } from '../delivery/index.js';
import type { RequestedPurpose } from './code.dto.js';

const SUBJECTS: Record<Locale, Record<RequestedPurpose, string>> = {
  en: {
    login: 'Your login code',
    verify: 'Your confirmation code',
    recover: 'Your recovery code',
    claim: 'Your confirmation code',
  },
  es: {
    login: 'Tu código de acceso',
    verify: 'Tu código de confirmación',
    recover: 'Tu código de recuperación',
    claim: 'Tu código de confirmación',
  },
};

const RULES: Record<Locale, string> = {
  en: 'It works for 5 minutes. We never ask for it by phone.',
  es: 'Sirve durante 5 minutos. Nunca lo pedimos por teléfono.',
};

/** Whoever gets it has perhaps never heard of this service. */
const CLAIMED: Record<Locale, Record<ContactChannel, string>> = {
  en: {
    mobile: 'Somebody wants to use this number for an account.',
    email: 'Somebody wants to use this address for an account.',
  },
  es: {
    mobile: 'Alguien quiere usar este número para una cuenta.',
    email: 'Alguien quiere usar esta dirección para una cuenta.',
  },
};

/** Short enough for one text message. The digits stand early, where phones look for them. */
export function codeMessage(
  purpose: RequestedPurpose,
  channel: ContactChannel,
  digits: string,
  locale: Locale,
): Message {
  const subject = SUBJECTS[locale][purpose];
  const parts = [`${subject}: ${digits}.`, RULES[locale], ...(purpose === 'claim' ? [CLAIMED[locale][channel]] : [])];
  return { subject, text: parts.join(' ') };
}
