import type { Locale } from '../accounts/index.js';
import type { Notification } from '../notifications/index.js';
import type { ToldNotice } from './told-notice.js';
import { isTold, PHRASES } from './notice.phrases.js';

/** What a notice says, in plain text. */
export interface NoticeText {
  readonly title: string;
  /** What happened. */
  readonly text: string;
  /** What to do about it. */
  readonly advice: string;
}

/** The title where several changes are told at once. */
const SEVERAL: Record<Locale, string> = { en: 'Your account was changed', es: 'Se cambió tu cuenta' };

/** Only for a kind that `isTold`. All that the commit has changed, in one text with the advice for the gravest. */
export function noticeText(
  notice: Notification & Pick<ToldNotice, 'telling' | 'displaced'>,
  locale: Locale,
): NoticeText {
  const { kind, telling, displaced } = notice;
  if (!isTold(kind)) throw new Error('this kind of notice stays in the inbox');
  const phrases = PHRASES[locale];
  const told = telling
    ? telling.changes.map((change) => phrases[change])
    : [phrases[kind === 'new_device' && displaced ? 'new_device_displaced' : kind]];
  const { title, advice } = told[0]!;
  const text = `${told.map(({ what }) => what).join('. ')}: ${whereOf(notice, locale)}.`;
  return { title: told.length > 1 ? SEVERAL[locale] : title, text, advice };
}

/** `Safari on iOS, 203.0.113.7, 1 March 2026 at 12:00 UTC` */
function whereOf({ device, ip, createdAt }: Notification, locale: Locale): string {
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'es-ES', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return [device?.name, ip, `${format.format(createdAt)} UTC`].filter(Boolean).join(', ');
}
