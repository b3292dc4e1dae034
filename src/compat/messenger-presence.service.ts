import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { NOBODY } from '../accounts/index.js';
import { Clock, Rounds } from '../common/index.js';
import { Config } from '../config/index.js';
import { Acquaintances, Contacts } from '../messages/index.js';
import { Presence, PresenceAnnouncer, Sockets, type SessionSocket } from '../realtime/index.js';

declare module '../realtime/index.js' {
  interface SocketEvents {
    /** Earlier API, beside `presence`. The ids of those who are online, oneself among them. */
    getOnlineUsers: (userIds: readonly string[]) => void;
  }
}

/** As many people as `GET /api/messages/users` shows. */
const SHOWN = 1000;
/** ms for which changes are gathered: each is told to everybody who listens. */
const GATHER = 250;
/** ms. For what no node has told: because it died, or Redis was away. */
const LOOK_AGAIN = 10_000;

/**
 * Tells the sockets of the messenger's front ends who is online. These say `query.userId` in their handshake; whose socket it is, the
 * cookie says. One look at a time: whatever changes meanwhile shares the next.
 */
@Injectable()
export class MessengerPresence implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(MessengerPresence.name);
  private readonly rounds = new Rounds(this.clock, LOOK_AGAIN, () => this.tell());
  /** What each socket was told last; null for nothing yet. */
  private readonly told = new Map<SessionSocket, string | null>();

  constructor(
    private readonly sockets: Sockets,
    private readonly announcer: PresenceAnnouncer,
    private readonly presence: Presence,
    private readonly contacts: Contacts,
    private readonly acquaintances: Acquaintances,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.sockets.onJoin((socket) => {
      if (typeof socket.handshake.query.userId !== 'string') return;
      this.told.set(socket, null);
      socket.once('disconnect', () => this.told.delete(socket));
      this.rounds.startNow();
    });
    this.announcer.onChange(() => this.rounds.startNow());
    this.rounds.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  private async tell(): Promise<void> {
    try {
      if (this.told.size === 0) return;
      await this.clock.pause(GATHER);
      const userIds = new Set([...this.told.keys()].map(({ data }) => data.userId));
      const everybody = this.config.earlierApisDirectory === 'everyone' ? await this.onlineFor(NOBODY) : null;
      for (const userId of userIds) this.tellUser(userId, everybody ?? (await this.onlineFor(userId)));
    } catch (error) {
      this.logger.warn({ err: error }, 'who is online was not told');
    }
  }

  private tellUser(userId: string, online: readonly string[]): void {
    const shown = [...new Set([userId, ...online])];
    const news = shown.join();
    for (const [socket, before] of this.told) {
      if (socket.data.userId !== userId || before === news) continue;
      this.told.set(socket, news);
      socket.emit('getOnlineUsers', shown);
    }
  }

  /** Of the people whom the messenger shows to that person; where it is narrowed, of those alone who have written to each other. */
  private async onlineFor(userId: string): Promise<string[]> {
    const { found } = await this.contacts.listPeople(userId, { text: null, before: null, limit: SHOWN });
    const ids = found.map(({ id }) => id);
    const seen = userId === NOBODY ? ids : await this.acquaintances.close(userId, ids);
    const online = await this.presence.online(seen);
    return seen.filter((id) => online.has(id));
  }
}
