import { TokenBucket } from 'limiter';
import type { EventEmitter } from 'node:events';
import type { SocketServer } from './socket-events.js';

/** Bytes of one packet, its event included; a larger one closes the connection. */
export const MAX_PACKET_SIZE = 16 * 1024;

const PER_SECOND = 20;
const BURST = 40;

/** The part of engine.io's connection that is used here. */
interface Connection extends EventEmitter {
  close(): void;
}

/** Closes a connection that sends faster. Counts whatever a client sends, so that no kind of packet slips past. */
export function limitPackets(server: SocketServer): void {
  server.engine.on('connection', (connection: Connection) => {
    const bucket = new TokenBucket({ bucketSize: BURST, tokensPerInterval: PER_SECOND, interval: 'second' });
    bucket.content = BURST;
    connection.on('packet', () => {
      if (!bucket.tryRemoveTokens(1)) connection.close();
    });
  });
}
