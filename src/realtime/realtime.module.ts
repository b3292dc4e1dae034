import { Module } from '@nestjs/common';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { UsersModule } from '../users/users.module.js';
import { Announcer } from './announcer.service.js';
import { Handshake } from './handshake.service.js';
import { Nodes } from './nodes.service.js';
import { PresenceController } from './presence.controller.js';
import { Presence } from './presence.service.js';
import { RealtimeGateway } from './realtime.gateway.js';
import { RedisLink } from './redis-link.js';
import { SessionRecheck } from './session-recheck.service.js';
import { Sockets } from './sockets.service.js';

@Module({
  imports: [OutboxModule, NotificationsModule, UsersModule],
  controllers: [PresenceController],
  providers: [Announcer, Handshake, Nodes, Presence, RealtimeGateway, RedisLink, SessionRecheck, Sockets],
  exports: [Presence],
})
export class RealtimeModule {}
