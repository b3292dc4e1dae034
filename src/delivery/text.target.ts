import { Injectable } from '@nestjs/common';
import type { AccountEvent } from '../accounts/index.js';
import { noticeOf, type Notification, type NotificationKind } from '../notifications/index.js';
import { ReportLinks } from '../reports/index.js';
import type { DeliveryTarget } from './delivery-target.js';
import type { Delivery } from './delivery.js';
import { DirectMessages } from './direct-messages.service.js';
import { NoticeRecipients, reviveNotification } from './notice-recipients.service.js';
import { textMessageOf } from './notice.mail.js';

/** What is lost for good, or handed out for good, unless the person hears of it in time. */
const TEXTED: readonly NotificationKind[] = [
  'deletion_requested',
  'deletion_cancelled',
  'export_requested',
  'export_cancelled',
];

/** Texts what waits for the person's objection, to people with a verified mobile. */
@Injectable()
export class TextTarget implements DeliveryTarget {
  readonly id = 'text';

  constructor(
    private readonly channels: DirectMessages,
    private readonly recipients: NoticeRecipients,
    private readonly links: ReportLinks,
  ) {}

  payloadOf(event: AccountEvent): Notification | null {
    const notice = noticeOf(event);
    return notice && TEXTED.includes(notice.kind) && this.channels.canReach('mobile') ? notice : null;
  }

  /** One try: the delivery is what repeats it. */
  async send({ id, payload }: Delivery, signal: AbortSignal): Promise<void> {
    const notice = reviveNotification(JSON.parse(payload) as Notification);
    const recipient = await this.recipients.find(notice.userId);
    if (!recipient?.mobile) return;
    const link = await this.links.urlFor(recipient.account, 'mobile', recipient.mobile, notice);
    const message = textMessageOf(notice, recipient.locale, link);
    await this.channels.sendOnce('mobile', recipient.mobile, message, id, signal);
  }
}
