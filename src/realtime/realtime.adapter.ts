import { IoAdapter } from '@nestjs/platform-socket.io';
import type { INestApplicationContext } from '@nestjs/common';
import type { Server as HttpServer } from 'node:http';
import type { Server, ServerOptions } from 'socket.io';
import { Config } from '../config/index.js';
import { passOverOtherUpgrades } from './other-upgrades.js';
import { MAX_PACKET_SIZE } from './packet-limit.js';

const PATH = '/socket.io/';

/** A connection that has not shown a token after this time is closed, in ms. */
const HANDSHAKE_TIMEOUT = 10_000;

/** socket.io on the HTTP server of the application. */
export class RealtimeAdapter extends IoAdapter {
  constructor(private readonly app: INestApplicationContext) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const { corsOrigins } = this.app.get(Config);
    passOverOtherUpgrades(this.httpServer as HttpServer, PATH);
    return super.createIOServer(port, {
      ...options,
      path: PATH,
      // The others are passed over, and served.
      destroyUpgrade: false,
      serveClient: false,
      maxHttpBufferSize: MAX_PACKET_SIZE,
      connectTimeout: HANDSHAKE_TIMEOUT,
      // Lets an allowed page read the answers of long polling; who may connect is for the handshake to say.
      ...(corsOrigins.length > 0 && { cors: { origin: [...corsOrigins], credentials: false } }),
    } as ServerOptions);
  }
}
