import { Module, type DynamicModule } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.js';
import { ActivityModule } from './activity/activity.module.js';
import { AdminModule } from './admin/admin.module.js';
import { AuthModule } from './auth/auth.module.js';
import type { Clock } from './common/index.js';
import { CodesModule } from './codes/codes.module.js';
import { CompatModule } from './compat/compat.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Config } from './config/index.js';
import { DeliveryModule } from './delivery/delivery.module.js';
import { DevicesModule } from './devices/devices.module.js';
import { HealthModule } from './health/health.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { MediaModule } from './media/media.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { PersonalDataRightsModule } from './personal-data/personal-data-rights.module.js';
import { RealtimeModule } from './realtime/realtime.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { ServiceModule } from './service/service.module.js';
import { SessionsHttpModule } from './sessions/http/sessions-http.module.js';
import { StorageModule } from './storage/storage.module.js';
import { UsersModule } from './users/users.module.js';

/** The one list of modules. */
@Module({})
export class AppModule {
  static with(config: Config, clock: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config, clock),
        StorageModule.with(config),
        AccountsModule,
        AuthModule,
        UsersModule,
        SessionsHttpModule,
        DevicesModule,
        ActivityModule,
        NotificationsModule,
        MediaModule,
        DeliveryModule,
        PersonalDataRightsModule,
        CodesModule,
        ReportsModule,
        MessagesModule,
        RealtimeModule,
        ServiceModule,
        AdminModule,
        CompatModule,
        HealthModule,
        MetricsModule,
      ],
    };
  }
}
