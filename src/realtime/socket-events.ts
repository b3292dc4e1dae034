import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { EndedSnapshot, EndReason } from '../accounts/index.js';
import type { MessageView } from '../messages/index.js';
import type { NotificationView } from '../notifications/index.js';
import { endedByView, tellsWho, type EndedByView, type SessionRef, type SessionView } from '../sessions/index.js';

/** Why a session has ended. `endedBy` where HTTP tells it too: displaced or reported. */
export interface SessionEnd {
  readonly id: string;
  readonly reason: EndReason;
  readonly endedBy?: EndedByView;
}

/** Somebody has read what was written to them, up to that message. */
export interface ReadNews {
  readonly by: string;
  /** Who wrote it. */
  readonly with: string;
  /** The message's id. */
  readonly upTo: string;
  readonly readAt: string;
}

/** Somebody has come, or has gone. */
export interface PresenceNews {
  readonly userId: string;
  /** Has a socket open, on any node. */
  readonly online: boolean;
}

/** Server → client. */
export interface SocketEvents {
  'session.started': (session: SessionView) => void;
  'session.ended': (end: SessionEnd) => void;
  'notification.created': (notification: NotificationView) => void;
  /** Under `approve`: answer `POST /v1/login-requests/:id`. */
  'login.requested': (request: Pick<NotificationView, 'id' | 'device' | 'ip' | 'numbers'>) => void;
  /** To both people, sender's sockets included; in the order of `seq`, with a gap where one was missed. */
  'message.created': (message: MessageView) => void;
  /** To all sockets of a node that may not have heard of messages of other nodes: ask for what came since. */
  'messages.missed': () => void;
  /** To both people. */
  'message.read': (read: ReadNews) => void;
  typing: (typing: { from: string }) => void;
  /** To those who watch that person. */
  presence: (presence: PresenceNews) => void;
}

/** Client → server: see `IncomingEvents`. Whatever comes counts against the allowance, and what nobody listens to is refused. */
export type ClientEvents = Record<string, (...args: unknown[]) => void>;

export type SocketServer = Server<ClientEvents, SocketEvents, DefaultEventsMap, SessionRef>;
export type SessionSocket = Socket<ClientEvents, SocketEvents, DefaultEventsMap, SessionRef>;

export function toSessionEnd(session: EndedSnapshot): SessionEnd {
  const endedBy = tellsWho(session) ? endedByView(session) : undefined;
  return { id: session.id, reason: session.endReason, ...(endedBy && { endedBy }) };
}
