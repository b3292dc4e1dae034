import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import pLimit from 'p-limit';
import { Clock, Rounds } from '../common/index.js';
import { Acquaintances } from '../messages/index.js';
import { Nodes } from './nodes.service.js';
import { Presence } from './presence.service.js';
import type { SessionSocket } from './socket-events.js';
import { Sockets } from './sockets.service.js';

/** ms after somebody's last socket has closed: a page that is loaded anew has opened another by then. */
const GRACE = 3000;
/** ms. For what no node has told: because it died, or Redis was away. */
const LOOK_AGAIN = 10_000;
/** People who are asked about at once. */
const BATCH = 500;

/** Tells those who watch somebody that they came or went: on this node, and by hints on the others. */
@Injectable()
export class PresenceAnnouncer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(PresenceAnnouncer.name);
  private readonly rounds = new Rounds(this.clock, LOOK_AGAIN, () => this.safely(() => this.lookAround()));
  private readonly turn = pLimit(1);
  /** What was told last of each who is watched. */
  private readonly told = new Map<string, boolean>();
  private readonly changes = new EventEmitter<{ change: [] }>();
  private waiting = new Set<string>();
  private nextLook: Promise<void> | null = null;

  constructor(
    private readonly presence: Presence,
    private readonly sockets: Sockets,
    private readonly nodes: Nodes,
    private readonly acquaintances: Acquaintances,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.sockets.onCome((userId) => this.announce(userId));
    this.sockets.onGone((userId) => void this.announceGone(userId));
    this.nodes.onHint((hint) => {
      if (hint.about !== 'presence') return;
      this.changes.emit('change');
      void this.safely(() => this.look([hint.person]));
    });
    this.rounds.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  /** Called when somebody has come or gone, on any node. */
  onChange(listener: () => void): void {
    this.changes.on('change', listener);
  }

  /**
   * From now on the socket hears of these people, and of no others; of those alone who have written to its person and got an answer,
   * or the other way round. Those of them who are online.
   */
  async watch(socket: SessionSocket, userIds: readonly string[]): Promise<string[]> {
    const close = await this.acquaintances.close(socket.data.userId, [...new Set(userIds)]);
    this.sockets.watch(socket, close);
    await this.look(close);
    return close.filter((id) => this.told.get(id));
  }

  private async announceGone(userId: string): Promise<void> {
    await this.clock.pause(GRACE);
    if (!this.sockets.isOnline(userId)) this.announce(userId);
  }

  private announce(userId: string): void {
    this.nodes.hintPresence(userId);
    this.changes.emit('change');
    void this.safely(() => this.look([userId]));
  }

  /** Looks one after the other, so that nobody hears of an older state after a newer one; who asks meanwhile shares the next look. */
  private look(userIds: readonly string[]): Promise<void> {
    for (const id of userIds) if (this.sockets.isWatched(id)) this.waiting.add(id);
    return (this.nextLook ??= this.turn(async () => {
      const asked = [...this.waiting];
      this.waiting.clear();
      this.nextLook = null;
      for (let from = 0; from < asked.length; from += BATCH) await this.tellChanges(asked.slice(from, from + BATCH));
    }));
  }

  private async tellChanges(userIds: readonly string[]): Promise<void> {
    const online = await this.presence.online(userIds);
    for (const userId of userIds) {
      const [before, now] = [this.told.get(userId), online.has(userId)];
      this.told.set(userId, now);
      // The first answer is that to whoever watches.
      if (before !== undefined && before !== now) this.sockets.tellWatchers(userId, { userId, online: now });
    }
  }

  private async lookAround(): Promise<void> {
    for (const userId of this.told.keys()) if (!this.sockets.isWatched(userId)) this.told.delete(userId);
    if (this.nodes.areReachable()) await this.look([...this.told.keys()]);
  }

  private async safely(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.warn({ err: error }, 'presence was not announced');
    }
  }
}
