import { Injectable } from '@nestjs/common';
import { toldChangeOf, type AccountEvent } from '../accounts/index.js';
import { ReportLinks } from '../reports/index.js';
import type { DeliveryTarget } from './delivery-target.js';
import type { Delivery } from './delivery.js';
import { DirectMessages } from './direct-messages.service.js';
import { NoticeRecipients } from './notice-recipients.service.js';
import { textMessageOf } from './notice.mail.js';
import { TextAllowance } from './text-allowance.service.js';
import { reviveNotice, standingBehind, toldNoticeOf, type ToldNotice } from './told-notice.js';

/** Texts what every channel is told of, to people with a verified mobile. */
@Injectable()
export class TextTarget implements DeliveryTarget {
  readonly id = 'text';

  constructor(
    private readonly channels: DirectMessages,
    private readonly recipients: NoticeRecipients,
    private readonly links: ReportLinks,
    private readonly allowance: TextAllowance,
  ) {}

  payloadOf(event: AccountEvent): ToldNotice | null {
    return toldChangeOf(event) && this.channels.canReach('mobile') ? toldNoticeOf(event) : null;
  }

  /** One try: the delivery is what repeats it. */
  async send({ id, payload }: Delivery, signal: AbortSignal): Promise<void> {
    const notice = reviveNotice(JSON.parse(payload) as ToldNotice);
    const recipient = await this.recipients.find(notice.userId);
    const mobile = recipient && (recipient.mobile ?? notice.unverified?.mobile);
    if (!mobile) return;
    const by = standingBehind(notice);
    const link = await this.links.urlFor(recipient.account, 'mobile', mobile, notice, by);
    const message = textMessageOf(notice, recipient.locale, link);
    if (await this.allowance.take(notice.userId, id))
      await this.channels.sendOnce('mobile', mobile, message, id, signal);
  }
}
