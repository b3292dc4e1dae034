import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { CodesController } from './codes.controller.js';
import { CodesService } from './codes.service.js';
import { RecoveryLinksController } from './recovery-links.controller.js';
import { RecoveryLinks } from './recovery-links.service.js';
import { AccountRecovery } from './recovery.service.js';
import { ContactVerification } from './verification.service.js';

/** Six digits that prove the hold of a mobile or an e-mail. */
@Module({
  imports: [DeliveryModule],
  controllers: [CodesController, RecoveryLinksController],
  providers: [CodesService, ContactVerification, AccountRecovery, RecoveryLinks],
  exports: [RecoveryLinks],
})
export class CodesModule {}
