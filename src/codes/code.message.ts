import type { CodePurpose, Locale } from '../accounts/index.js';
import type { Message } from '../delivery/index.js';

const SUBJECTS: Record<Locale, Record<CodePurpose, string>> = {
  en: { login: 'Your login code', verify: 'Your confirmation code', recover: 'Your recovery code' },
  es: {
    login: 'Tu código de acceso',
    verify: 'Tu código de confirmación',
    recover: 'Tu código de recuperación',
  },
};

const RULES: Record<Locale, string> = {
  en: 'It works for 5 minutes. We never ask for it by phone.',
  es: 'Sirve durante 5 minutos. Nunca lo pedimos por teléfono.',
};

/** Short enough for one text message. The digits stand early, where phones look for them. */
export function codeMessage(purpose: CodePurpose, digits: string, locale: Locale): Message {
  const subject = SUBJECTS[locale][purpose];
  return { subject, text: `${subject}: ${digits}. ${RULES[locale]}` };
}
