export * from './message-announcer.service.js';
export * from './presence.service.js';
export * from './presence-announcer.service.js';
export * from './realtime.adapter.js';
export type { SessionSocket, SocketEvents } from './socket-events.js';
export * from './sockets.service.js';
