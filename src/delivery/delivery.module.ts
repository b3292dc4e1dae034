import { Module } from '@nestjs/common';
import { OutboxModule } from '../outbox/outbox.module.js';
import { ReportsModule } from '../reports/reports.module.js';
import { CodeChannel } from './code-channel.js';
import { DeliveryTargets } from './delivery-targets.service.js';
import { DeliveryDispatcher } from './dispatcher.service.js';
import { FanOut } from './fan-out.service.js';
import { MailTarget } from './mail.target.js';
import { Mailer } from './mailer.service.js';
import { NoticeRecipients } from './notice-recipients.service.js';
import { PushTarget } from './push.target.js';
import { SignedPost } from './signed-post.service.js';
import { WebhookUrls } from './webhook-url.service.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksService } from './webhooks.service.js';

@Module({
  imports: [OutboxModule, ReportsModule],
  controllers: [WebhooksController],
  providers: [
    SignedPost,
    Mailer,
    CodeChannel,
    NoticeRecipients,
    MailTarget,
    PushTarget,
    DeliveryTargets,
    DeliveryDispatcher,
    FanOut,
    WebhookUrls,
    WebhooksService,
  ],
  exports: [CodeChannel],
})
export class DeliveryModule {}
