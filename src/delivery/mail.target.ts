import { Injectable } from '@nestjs/common';
import type { AccountEvent } from '../accounts/index.js';
import { ReportLinks } from '../reports/index.js';
import type { DeliveryTarget } from './delivery-target.js';
import type { Delivery } from './delivery.js';
import { Mailer } from './mailer.service.js';
import { NoticeRecipients } from './notice-recipients.service.js';
import { mailOf } from './notice.mail.js';
import { reviveNotice, standingBehind, toldNoticeOf, type ToldNotice } from './told-notice.js';

/** Mails what the inbox tells, to people with a verified address. */
@Injectable()
export class MailTarget implements DeliveryTarget {
  readonly id = 'mail';

  constructor(
    private readonly mailer: Mailer,
    private readonly recipients: NoticeRecipients,
    private readonly links: ReportLinks,
  ) {}

  payloadOf(event: AccountEvent): object | null {
    return toldNoticeOf(event);
  }

  async send({ id, payload }: Delivery, signal: AbortSignal): Promise<void> {
    const notice = reviveNotice(JSON.parse(payload) as ToldNotice);
    const recipient = await this.recipients.find(notice.userId);
    const email = recipient && (recipient.email ?? notice.unverified?.email);
    if (!email) return;
    const link = await this.links.urlFor(recipient.account, 'email', email, notice, standingBehind(notice));
    const message = mailOf(notice, recipient.locale, link);
    await this.mailer.send(email, message, id, signal);
  }
}
