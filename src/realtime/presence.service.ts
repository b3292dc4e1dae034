import { Injectable, type OnModuleInit } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';
import { SessionStore } from '../sessions/index.js';
import { Nodes } from './nodes.service.js';
import { Sockets } from './sockets.service.js';

export interface Seen {
  readonly online: boolean;
  /** The latest use of any session that is still remembered; null where there was none. */
  readonly lastSeenAt: Date | null;
}

/** Sessions, newest first, among which the one used last is looked for. */
const SESSIONS_LOOKED_AT = 100;

/** Users whose sessions are looked at at the same time. */
const AT_ONCE = 10;

/** Who is there. Online means a socket on any node; while Redis is away, on this one. */
@Injectable()
export class Presence implements OnModuleInit {
  constructor(
    private readonly sockets: Sockets,
    private readonly nodes: Nodes,
    private readonly sessions: SessionStore,
  ) {}

  onModuleInit(): void {
    this.nodes.onOnlineAsked((userIds) => userIds.filter((id) => this.sockets.isOnline(id)));
  }

  /** Those of the users who have a socket. */
  async online(userIds: readonly string[]): Promise<Set<string>> {
    const elsewhere = userIds.filter((id) => !this.sockets.isOnline(id));
    const found = elsewhere.length > 0 ? await this.nodes.askOnline(elsewhere) : [];
    return new Set([...userIds.filter((id) => this.sockets.isOnline(id)), ...found]);
  }

  /** Has an entry for each of the users, known or not. */
  async of(userIds: readonly string[]): Promise<Map<string, Seen>> {
    const online = await this.online(userIds);
    const turn = pLimit(AT_ONCE);
    const entries = userIds.map(async (id): Promise<[string, Seen]> => {
      return [id, { online: online.has(id), lastSeenAt: await turn(() => this.lastSeenAt(id)) }];
    });
    return new Map(await Promise.all(entries));
  }

  private async lastSeenAt(userId: string): Promise<Date | null> {
    // SQLite answers without waiting: others must have their turn.
    await nextTurn();
    const sessions = await this.sessions.list(userId, { state: 'all', before: null, limit: SESSIONS_LOOKED_AT });
    if (sessions.length === 0) return null;
    return new Date(Math.max(...sessions.map((session) => session.lastSeenAt.getTime())));
  }
}
