import type { Locale } from '../accounts/index.js';
import type { Notification } from '../notifications/index.js';
import type { Message } from './mailer.service.js';
import { noticeText } from './notice.texts.js';

const WORDS: Record<Locale, { link: string; why: string }> = {
  en: { link: "This wasn't me", why: 'You get this mail because it concerns the safety of your account.' },
  es: { link: 'No fui yo', why: 'Recibes este correo porque afecta a la seguridad de tu cuenta.' },
};

/** The mail of a notice. `reportLink`: where the person says that it was not them, if there is such a place. */
export function mailOf(notice: Notification, locale: Locale, reportLink: string | null): Message {
  const { title, text, advice } = noticeText(notice, locale);
  const { link, why } = WORDS[locale];
  const plain = [text, advice, ...(reportLink ? [`${link}: ${reportLink}`] : []), why];
  const button = reportLink && `<p><a href="${escapeHtml(reportLink)}">${escapeHtml(link)}</a></p>`;
  return {
    subject: title,
    text: `${plain.join('\n\n')}\n`,
    html: [
      `<!doctype html><html lang="${locale}"><body style="font-family: sans-serif; line-height: 1.5">`,
      `<h1 style="font-size: 1.25em">${escapeHtml(title)}</h1>`,
      `<p>${escapeHtml(text)}</p><p>${escapeHtml(advice)}</p>${button ?? ''}`,
      `<p style="color: #666">${escapeHtml(why)}</p></body></html>`,
    ].join('\n'),
  };
}

export function textMessageOf(notice: Notification, locale: Locale, reportLink: string | null): Message {
  const { title, text, advice } = noticeText(notice, locale);
  const link = reportLink ? ` ${WORDS[locale].link}: ${reportLink}` : '';
  return { subject: title, text: `${text} ${advice}${link}` };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Names of devices come from people. */
function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
