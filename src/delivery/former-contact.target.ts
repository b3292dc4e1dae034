import { Injectable } from '@nestjs/common';
import type { AccountEvent, ContactChannel } from '../accounts/index.js';
import { noticeOf, type Notification } from '../notifications/index.js';
import { ReportLinks } from '../reports/index.js';
import { DirectMessages } from './direct-messages.service.js';
import type { DeliveryTarget } from './delivery-target.js';
import type { Delivery } from './delivery.js';
import { NoticeRecipients, reviveNotification } from './notice-recipients.service.js';
import { mailOf, textMessageOf } from './notice.mail.js';

export const FORMER_CONTACT = 'former-contact';

/** What waits in a delivery. The address with it: the account has it no more. */
interface Payload {
  readonly notice: Notification;
  readonly channel: ContactChannel;
  readonly previous: string;
}

/** Tells the mobile or the e-mail that was replaced, for whoever replaced it hears everything else. */
@Injectable()
export class FormerContactTarget implements DeliveryTarget {
  readonly id = FORMER_CONTACT;

  constructor(
    private readonly channels: DirectMessages,
    private readonly recipients: NoticeRecipients,
    private readonly links: ReportLinks,
  ) {}

  payloadOf(event: AccountEvent): Payload | null {
    if (event.type !== 'contact.changed' || event.previous === null) return null;
    const { channel, previous } = event;
    const notice = noticeOf(event);
    return notice && this.channels.canReach(channel) ? { notice, channel, previous } : null;
  }

  /** One try: the delivery is what repeats it. */
  async send({ id, payload }: Delivery, signal: AbortSignal): Promise<void> {
    const { channel, previous, ...stored } = JSON.parse(payload) as Payload;
    const notice = reviveNotification(stored.notice);
    const recipient = await this.recipients.find(notice.userId);
    if (!recipient) return;
    const link = await this.links.urlFor(recipient.account, channel, previous, notice);
    const messageOf = channel === 'email' ? mailOf : textMessageOf;
    await this.channels.sendOnce(channel, previous, messageOf(notice, recipient.locale, link), id, signal);
  }
}
