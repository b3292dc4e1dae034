import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LastSeenStore } from '../sessions/index.js';
import { Nodes } from './nodes.service.js';
import { Sockets } from './sockets.service.js';

export interface Seen {
  readonly online: boolean;
  /** The latest use of any session that is still remembered; null where there was none. */
  readonly lastSeenAt: Date | null;
}

/** Who is there. Online means a socket on any node; while Redis is away, on this one. */
@Injectable()
export class Presence implements OnModuleInit {
  constructor(
    private readonly sockets: Sockets,
    private readonly nodes: Nodes,
    private readonly lastSeen: LastSeenStore,
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
    const [online, lastSeen] = await Promise.all([this.online(userIds), this.lastSeen.list(userIds)]);
    return new Map(userIds.map((id) => [id, { online: online.has(id), lastSeenAt: lastSeen.get(id) ?? null }]));
  }
}
