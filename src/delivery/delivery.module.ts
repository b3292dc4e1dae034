import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { PersonalDataModule } from '../personal-data/personal-data.module.js';
import { ReportsModule } from '../reports/reports.module.js';
import { DeliveriesPersonalData } from './deliveries.personal-data.js';
import { DirectMessages } from './direct-messages.service.js';
import { DeliveryTargets } from './delivery-targets.service.js';
import { DeliveryDispatcher } from './dispatcher.service.js';
import { FanOut } from './fan-out.service.js';
import { FormerContactTarget } from './former-contact.target.js';
import { MailTarget } from './mail.target.js';
import { Mailer } from './mailer.service.js';
import { NoticeRecipients } from './notice-recipients.service.js';
import { PushTarget } from './push.target.js';
import { SignedPost } from './signed-post.service.js';
import { TextAllowance } from './text-allowance.service.js';
import { TextTarget } from './text.target.js';
import { WebhookDeliveries } from './webhook-deliveries.service.js';
import { WebhookUrls } from './webhook-url.service.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksService } from './webhooks.service.js';

@Module({
  imports: [AuditModule, OutboxModule, PersonalDataModule, ReportsModule],
  controllers: [WebhooksController],
  providers: [
    SignedPost,
    Mailer,
    DirectMessages,
    NoticeRecipients,
    MailTarget,
    TextAllowance,
    TextTarget,
    FormerContactTarget,
    PushTarget,
    DeliveryTargets,
    DeliveryDispatcher,
    FanOut,
    WebhookUrls,
    WebhooksService,
    WebhookDeliveries,
    DeliveriesPersonalData,
  ],
  exports: [DirectMessages],
})
export class DeliveryModule {}
