import { Injectable } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import type { EndedSnapshot } from '../accounts/index.js';
import type { SessionRef } from '../sessions/index.js';
import {
  toSessionEnd,
  type PresenceNews,
  type SessionSocket,
  type SocketEvents,
  type SocketServer,
} from './socket-events.js';

/** The oldest of a session's sockets on this node closes when there are more. A browser has one per tab. */
const MAX_PER_SESSION = 20;

const userRoom = (id: string) => `user:${id}`;
const sessionRoom = (id: string) => `session:${id}`;
/** Of those who watch that user. */
const watchRoom = (id: string) => `watch:${id}`;

/** The sockets of this node, by user and by session. */
@Injectable()
export class Sockets {
  private server!: SocketServer;
  private readonly news = new EventEmitter<{
    join: [socket: SessionSocket];
    come: [userId: string];
    gone: [userId: string];
  }>();

  attach(server: SocketServer): void {
    this.server = server;
  }

  /** From now on the socket hears what concerns its user and its session. */
  join(socket: SessionSocket): void {
    const { userId, sessionId } = socket.data;
    const isFirst = !this.isOnline(userId);
    void socket.join([userRoom(userId), sessionRoom(sessionId)]);
    socket.once('disconnect', () => this.isOnline(userId) || this.news.emit('gone', userId));
    if (isFirst) this.news.emit('come', userId);
    this.news.emit('join', socket);
    const [oldest, ...others] = this.idsIn(sessionRoom(sessionId));
    if (oldest && others.length >= MAX_PER_SESSION) this.server.sockets.sockets.get(oldest)?.disconnect(true);
  }

  /** Called for each socket that is let in here. */
  onJoin(listener: (socket: SessionSocket) => void): void {
    this.news.on('join', listener);
  }

  /** Called when somebody has a socket here who had none. */
  onCome(listener: (userId: string) => void): void {
    this.news.on('come', listener);
  }

  /** Called when somebody's last socket here has closed. */
  onGone(listener: (userId: string) => void): void {
    this.news.on('gone', listener);
  }

  /** In place of those that the socket watched before. */
  watch(socket: SessionSocket, userIds: readonly string[]): void {
    for (const room of socket.rooms) if (room.startsWith(watchRoom(''))) void socket.leave(room);
    void socket.join(userIds.map(watchRoom));
  }

  isWatched(userId: string): boolean {
    return this.idsIn(watchRoom(userId)).length > 0;
  }

  tellWatchers(userId: string, news: PresenceNews): void {
    this.server.local.to(watchRoom(userId)).emit('presence', news);
  }

  isOnline(userId: string): boolean {
    return this.idsIn(userRoom(userId)).length > 0;
  }

  /** The sessions that have a socket here, each once. */
  sessions(): SessionRef[] {
    const all = [...this.server.sockets.sockets.values()].map(({ data }) => data);
    return [...new Map(all.filter(({ sessionId }) => sessionId).map((ref) => [ref.sessionId, ref])).values()];
  }

  /** Tells the users' sockets but those of one session. */
  tell<E extends keyof SocketEvents>(
    userIds: readonly string[],
    exceptSessionId: string | null,
    event: E,
    ...args: Parameters<SocketEvents[E]>
  ): void {
    const except = exceptSessionId === null ? [] : sessionRoom(exceptSessionId);
    this.server.local
      .to(userIds.map(userRoom))
      .except(except)
      .emit(event, ...args);
  }

  tellAll<E extends keyof SocketEvents>(event: E, ...args: Parameters<SocketEvents[E]>): void {
    this.server.local.emit(event, ...args);
  }

  /** The session's sockets learn why, then close. */
  end(session: EndedSnapshot): void {
    this.server.local.to(sessionRoom(session.id)).emit('session.ended', toSessionEnd(session));
    this.close(session.id);
  }

  /** Closes the session's sockets. */
  close(sessionId: string): void {
    this.server.local.in(sessionRoom(sessionId)).disconnectSockets(true);
  }

  private idsIn(room: string): string[] {
    return [...(this.server.sockets.adapter.rooms.get(room) ?? [])];
  }
}
