import { LOCALES, TOLD_CHANGES, type ToldChange } from '../accounts/index.js';
import { NOTIFICATION_KINDS } from '../notifications/index.js';
import { NOW } from '../../test/support/records.js';
import { mailOf } from './notice.mail.js';
import { isTold } from './notice.phrases.js';
import { noticeText } from './notice.texts.js';
import type { ToldNotice } from './told-notice.js';

const aNotice = (given: Partial<ToldNotice> = {}): ToldNotice => ({
  id: 'event-1',
  userId: 'user-1',
  kind: 'new_device',
  createdAt: NOW,
  readAt: null,
  sessionId: 'session-1',
  device: { id: 'device-1', name: 'Safari on iOS', class: 'mobile' },
  ip: '203.0.113.7',
  numbers: null,
  ...given,
});

const told = NOTIFICATION_KINDS.filter(isTold);
const telling = (...changes: ToldChange[]) =>
  ({ kind: 'contact_changed', telling: { changes, first: true, by: null } }) as const;

describe('mailOf', () => {
  it.each(LOCALES.flatMap((language) => told.map((kind) => [language, kind] as const)))(
    'says in %s what happened, where and when: %s',
    (language, kind) => {
      const { subject, text, html } = mailOf(aNotice({ kind }), language, null);
      const when = language === 'en' ? '1 March 2026' : '1 de marzo de 2026';
      expect(subject).not.toMatch(/[\r\n]/);
      for (const part of ['Safari on iOS', '203.0.113.7', when, '12:00 UTC']) {
        expect(text).toContain(part);
        expect(html).toContain(part);
      }
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).not.toContain('href');
    },
  );

  it('has words of its own for every kind and language', () => {
    const titles = LOCALES.flatMap((language) => told.map((kind) => noticeText(aNotice({ kind }), language).title));
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('has words of its own for every change', () => {
    const texts = LOCALES.flatMap((language) =>
      TOLD_CHANGES.map((change) => noticeText(aNotice(telling(change)), language)),
    );
    for (const part of ['title', 'text'] as const)
      expect(new Set(texts.map((text) => text[part])).size).toBe(2 * TOLD_CHANGES.length);
  });

  it('says all that was changed at once, with the advice for the gravest', () => {
    const notice = aNotice(telling('mobile_changed', 'email_changed', 'deletion_cancelled'));
    expect(noticeText(notice, 'en')).toEqual({
      title: 'Your account was changed',
      text: 'The mobile number of your account was changed. The e-mail address of your account was changed. The deletion of your account was cancelled: Safari on iOS, 203.0.113.7, 1 March 2026 at 12:00 UTC.',
      advice: noticeText(aNotice(telling('mobile_changed')), 'en').advice,
    });
    expect(noticeText(notice, 'es')).toMatchObject({ title: 'Se cambió tu cuenta' });
  });

  it('leads to the place where the person says that it was not them, where there is one', () => {
    const link = 'https://app.example.com/report#a"b&c';
    const { text, html } = mailOf(aNotice(), 'en', link);
    expect(text).toContain(`This wasn't me: ${link}`);
    expect(html).toContain('<a href="https://app.example.com/report#a&quot;b&amp;c">This wasn&#39;t me</a>');
    expect(mailOf(aNotice(), 'es', link).text).toContain(`No fui yo: ${link}`);
  });

  it('takes the name of a device for text, whatever it is', () => {
    const device = { id: 'device-1', name: '<img src=x onerror="alert(1)"> & \'co\'', class: 'mobile' } as const;
    const { text, html } = mailOf(aNotice({ device }), 'en', null);
    expect(text).toContain(device.name);
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;co&#39;');
    expect(html).not.toContain('<img');
  });

  it('does without device and address', () => {
    const { text } = mailOf(aNotice({ device: null, ip: null }), 'en', null);
    expect(text).toContain('before: 1 March 2026 at 12:00 UTC.');
  });
});
