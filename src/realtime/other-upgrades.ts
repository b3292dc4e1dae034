import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What asks for an upgrade, and speaks of this connection alone. */
const ASKING = new Set(['connection', 'upgrade', 'http2-settings']);

/**
 * Serves requests that ask to upgrade to something other than what is at `path` as if they did not, which RFC 9110 (section 7.8) allows.
 * Clients that would rather speak HTTP/2 ask with their first request. Node takes every upgrade out of HTTP once anybody listens
 * for one, and has no other way back in than a new connection of what has been read.
 */
export function passOverOtherUpgrades(server: Server, path: string): void {
  const latest = new WeakMap<Socket, ServerResponse>();
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => latest.set(socket, response));
  server.on('upgrade', (request: IncomingMessage, socket: Socket, behind: Buffer) => {
    if (request.url?.startsWith(path)) return;
    const proceed = () => {
      socket.off('error', ignore);
      if (socket.destroyed) return;
      // The new connection brings one of its own.
      socket.removeAllListeners('timeout');
      socket.unshift(Buffer.concat([headOf(request), behind]));
      server.emit('connection', socket);
    };
    // A request that came before it on the connection (pipelining) is answered first: two answers at once would block each other.
    const before = latest.get(socket);
    if (before && !before.closed) {
      socket.on('error', ignore);
      before.once('close', proceed);
    } else proceed();
  });
}

/** A broken connection is closed, and there is nobody to tell. */
function ignore(): void {}

function headOf({ method, url, httpVersion, rawHeaders }: IncomingMessage): Buffer {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    if (!ASKING.has(name.toLowerCase())) lines.push(`${name}: ${rawHeaders[i + 1]}`);
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}
