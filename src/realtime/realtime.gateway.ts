import { Logger } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayConnection, type OnGatewayInit } from '@nestjs/websockets';
import { isEnded } from '../accounts/index.js';
import { AppError, StoreUnavailableError } from '../common/index.js';
import { SessionValidator } from '../sessions/index.js';
import { limitPackets } from './packet-limit.js';
import { Handshake } from './handshake.service.js';
import { IncomingEvents } from './incoming-events.service.js';
import type { SessionSocket, SocketServer } from './socket-events.js';
import { Sockets } from './sockets.service.js';

/** Lets sockets in whose session is live, and keeps them no longer than that. */
@WebSocketGateway()
export class RealtimeGateway implements OnGatewayInit<SocketServer>, OnGatewayConnection<SessionSocket> {
  private readonly logger = new Logger(RealtimeGateway.name);

  constructor(
    private readonly handshake: Handshake,
    private readonly validator: SessionValidator,
    private readonly sockets: Sockets,
    private readonly incoming: IncomingEvents,
  ) {}

  afterInit(server: SocketServer): void {
    this.sockets.attach(server);
    server.engine.on('headers', (headers: Record<string, string>) => (headers['X-Content-Type-Options'] = 'nosniff'));
    limitPackets(server);
    server.use((socket, next) => {
      this.handshake.admit(socket.request, socket.handshake.auth).then(
        (ref) => {
          socket.data = ref;
          forgetCredentials(socket);
          next();
        },
        (error: unknown) => next(this.toConnectError(error)),
      );
    });
  }

  /**
   * The session is read once more now that the socket stands in its rooms: an end that was committed after the first
   * read is found here, and one that comes later finds the socket.
   */
  async handleConnection(socket: SessionSocket): Promise<void> {
    this.sockets.join(socket);
    this.incoming.listen(socket);
    refuseUnknownEvents(socket);
    try {
      const session = await this.validator.look(socket.data);
      if (!session) socket.disconnect(true);
      else if (isEnded(session)) this.sockets.end(session);
    } catch (error) {
      // Nobody is let in unseen.
      socket.disconnect(true);
      if (!(error instanceof StoreUnavailableError)) this.logger.error({ err: error }, 'handshake not finished');
    }
  }

  /** What `connect_error` carries as `data`: the members of the HTTP problem that a program decides by. */
  private toConnectError(error: unknown): Error {
    if (error instanceof AppError) {
      return Object.assign(new Error(error.message), { data: { code: error.code, ...error.options.details } });
    }
    this.logger.error({ err: error }, 'handshake failed');
    return Object.assign(new Error('Something went wrong on our side.'), { data: { code: 'internal_error' } });
  }
}

/** From now on nobody needs them, and no dump of the sockets shows them. */
function forgetCredentials({ handshake, request }: SessionSocket): void {
  handshake.auth = {};
  for (const headers of [handshake.headers, request.headers]) {
    delete headers.cookie;
    delete headers.authorization;
  }
  request.rawHeaders = [];
}

const UNKNOWN_EVENT = { code: 'unknown_event', detail: 'There is no such event.', status: 400 };

function refuseUnknownEvents(socket: SessionSocket): void {
  socket.onAny((event: string, ...args: unknown[]) => {
    const answer = args.at(-1);
    if (socket.listenerCount(event) === 0 && isAcknowledgement(answer)) answer({ error: UNKNOWN_EVENT });
  });
}

function isAcknowledgement(value: unknown): value is (answer: unknown) => void {
  return typeof value === 'function';
}
