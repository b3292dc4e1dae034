import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.js';
import { AdminModule } from '../admin/admin.module.js';
import { MediaModule } from '../media/media.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { ServiceModule } from '../service/service.module.js';
import { SessionsHttpModule } from '../sessions/http/sessions-http.module.js';
import { UsersModule } from '../users/users.module.js';
import { EarlierSessions } from './earlier-sessions.service.js';
import { ExpressPracticeController } from './express-practice.controller.js';
import { FlaskSessionsController } from './flask-sessions.controller.js';
import { MessengerAccess } from './messenger-access.service.js';
import { MessengerAccessController } from './messenger-access.controller.js';
import { MessengerController } from './messenger.controller.js';
import { MessengerPresence } from './messenger-presence.service.js';
import { MessengerNews } from './messenger-news.service.js';
import { RootLogin } from './root-login.service.js';
import { RootLogout } from './root-logout.service.js';
import { RootSessionController } from './root-session.controller.js';
import { SessionTrackingController } from './session-tracking.controller.js';
import { UserSessionManagementController } from './user-session-management.controller.js';
import { UserSessionManagement } from './user-session-management.service.js';

/** The earlier APIs, at the root. */
@Module({
  imports: [
    ActivityModule,
    AdminModule,
    MediaModule,
    MessagesModule,
    RealtimeModule,
    ServiceModule,
    SessionsHttpModule,
    UsersModule,
  ],
  controllers: [
    RootSessionController,
    UserSessionManagementController,
    ExpressPracticeController,
    FlaskSessionsController,
    SessionTrackingController,
    MessengerAccessController,
    MessengerController,
  ],
  providers: [
    EarlierSessions,
    MessengerAccess,
    MessengerNews,
    MessengerPresence,
    RootLogin,
    RootLogout,
    UserSessionManagement,
  ],
})
export class CompatModule {}
