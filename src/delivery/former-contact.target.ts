import { Injectable } from '@nestjs/common';
import type { AccountEvent, ContactChannel } from '../accounts/index.js';
import { ReportLinks } from '../reports/index.js';
import { DirectMessages } from './direct-messages.service.js';
import type { DeliveryTarget } from './delivery-target.js';
import type { Delivery } from './delivery.js';
import { NoticeRecipients } from './notice-recipients.service.js';
import { mailOf, textMessageOf } from './notice.mail.js';
import { TextAllowance } from './text-allowance.service.js';
import { anyNoticeOf, reviveNotice, standingBehind, type ToldNotice } from './told-notice.js';

export const FORMER_CONTACT = 'former-contact';

/** What waits in a delivery. The address with it: the account has it no more. */
interface Payload {
  readonly notice: ToldNotice;
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
    private readonly allowance: TextAllowance,
  ) {}

  payloadOf(event: AccountEvent): Payload | null {
    if (event.type !== 'contact.changed' || event.previous === null) return null;
    const { channel, previous } = event;
    const notice = anyNoticeOf(event);
    return notice && this.channels.canReach(channel) ? { notice, channel, previous } : null;
  }

  /** One try: the delivery is what repeats it. */
  async send({ id, payload }: Delivery, signal: AbortSignal): Promise<void> {
    const { channel, previous, ...stored } = JSON.parse(payload) as Payload;
    const notice = reviveNotice(stored.notice);
    const recipient = await this.recipients.find(notice.userId);
    if (!recipient) return;
    const link = await this.links.urlFor(recipient.account, channel, previous, notice, standingBehind(notice));
    const messageOf = channel === 'email' ? mailOf : textMessageOf;
    const message = messageOf(notice, recipient.locale, link);
    if (channel === 'email' || (await this.allowance.take(notice.userId, id)))
      await this.channels.sendOnce(channel, previous, message, id, signal);
  }
}
