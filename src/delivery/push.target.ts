import { Injectable } from '@nestjs/common';
import type { AccountEvent } from '../accounts/index.js';
import { Config } from '../config/index.js';
import type { DeliveryTarget } from './delivery-target.js';
import type { Delivery } from './delivery.js';
import { NoticeRecipients } from './notice-recipients.service.js';
import { noticeText } from './notice.texts.js';
import { SignedPost } from './signed-post.service.js';
import { reviveNotice, toldNoticeOf, type ToldNotice } from './told-notice.js';

/** Hands what the inbox tells to the operator's push provider, which knows the person's devices. */
@Injectable()
export class PushTarget implements DeliveryTarget {
  readonly id = 'push';

  constructor(
    private readonly config: Config,
    private readonly post: SignedPost,
    private readonly recipients: NoticeRecipients,
  ) {}

  payloadOf(event: AccountEvent): object | null {
    return toldNoticeOf(event);
  }

  async send({ id, payload }: Delivery, signal: AbortSignal): Promise<void> {
    const notice = reviveNotice(JSON.parse(payload) as ToldNotice);
    const recipient = await this.recipients.find(notice.userId);
    if (!recipient || !this.config.push) return;
    const { title, text } = noticeText(notice, recipient.locale);
    const data = { kind: notice.kind, notificationId: notice.id, sessionId: notice.sessionId };
    const body = JSON.stringify({ userId: notice.userId, title, text, data });
    await this.post.send({ ...this.config.push, mayBePrivate: true }, id, body, signal);
  }
}
