import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server on which every answer comes late. */
export interface SlowLink {
  /** Of the server, by this line. */
  readonly url: string;
  /** From now on; 0 for at once. */
  delay(ms: number): void;
  close(): Promise<void>;
}

/** `url`: of the server, with its host and port. */
export async function startSlowLink(url: string): Promise<SlowLink> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let lateBy = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    keep(client);
    keep(upstream);
    client.pipe(upstream);
    upstream.on('data', (chunk) => void setTimeout(() => client.write(chunk), lateBy));
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const slow = new URL(url);
  slow.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: slow.href,
    delay: (ms) => void (lateBy = ms),
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
