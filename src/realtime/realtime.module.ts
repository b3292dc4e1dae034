import { Module } from '@nestjs/common';
import { MessagesModule } from '../messages/messages.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { UsersModule } from '../users/users.module.js';
import { Announcer } from './announcer.service.js';
import { ContactsController } from './contacts.controller.js';
import { Handshake } from './handshake.service.js';
import { HintSeal } from './hint-seal.service.js';
import { IncomingEvents } from './incoming-events.service.js';
import { MessageAnnouncer } from './message-announcer.service.js';
import { Nodes } from './nodes.service.js';
import { PresenceAnnouncer } from './presence-announcer.service.js';
import { PresenceController } from './presence.controller.js';
import { Presence } from './presence.service.js';
import { RealtimeGateway } from './realtime.gateway.js';
import { RedisLink } from './redis-link.js';
import { SessionRecheck } from './session-recheck.service.js';
import { Sockets } from './sockets.service.js';

@Module({
  imports: [MetricsModule, OutboxModule, NotificationsModule, UsersModule, MessagesModule],
  controllers: [PresenceController, ContactsController],
  providers: [
    Announcer,
    Handshake,
    HintSeal,
    IncomingEvents,
    MessageAnnouncer,
    Nodes,
    Presence,
    PresenceAnnouncer,
    RealtimeGateway,
    RedisLink,
    SessionRecheck,
    Sockets,
  ],
  exports: [MessageAnnouncer, Presence, PresenceAnnouncer, Sockets],
})
export class RealtimeModule {}
