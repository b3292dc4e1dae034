import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { pipeline, type Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What the page on the client says to serve. */
const FOLDERS: Readonly<Record<string, string>> = {
  oneseat: 'dist/client',
  'openapi-fetch': 'node_modules/openapi-fetch/dist',
  'socket.io-client': 'node_modules/socket.io-client/dist',
};
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.mjs': 'text/javascript' };
/** The page's own script: it leaves the rest to the test. */
const APP = "import * as client from 'oneseat/client'; globalThis.client = client;";

/**
 * A web server with the page of the documentation's example, and a CSP that allows no more than the page needs. What it has not itself it gets
 * from the service, as a proxy before both does: so its own origin is the service's, too.
 */
export interface Pages {
  readonly port: number;
  close(): Promise<void>;
}

/** `service()`: the origin of the service. */
export async function servePages(service: () => string): Promise<Pages> {
  const page = exampleInDocs();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://pages');
    const file = pathname === '/app.js' ? APP : fileAt(pathname);
    if (pathname === '/') {
      response.setHeader('content-security-policy', policy(page, service()));
      response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
    } else if (file) response.setHeader('content-type', TYPES[extname(pathname)]!).end(file);
    else passOn(request, response, service());
  });
  server.on('upgrade', (request, socket, head) => passOnSocket(request, socket, head, service()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { port: (server.address() as AddressInfo).port, close };
}

function passOn(request: IncomingMessage, response: ServerResponse, service: string): void {
  const { method, url = '/', headers } = request;
  const onward = send(service + url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => undefined);
  });
  pipeline(request, onward, () => undefined);
}

function passOnSocket({ method, url, rawHeaders }: IncomingMessage, socket: Duplex, head: Buffer, service: string) {
  const { hostname, port } = new URL(service);
  const onward = connect(Number(port), hostname);
  const headers = rawHeaders.map((part, index) => (index % 2 === 0 ? `${part}: ` : `${part}\r\n`)).join('');
  onward.write(`${method} ${url} HTTP/1.1\r\n${headers}\r\n`);
  onward.write(head);
  pipeline(socket, onward, socket, () => undefined);
}

function exampleInDocs(): string {
  const example = /```html\n(.*?)```/s.exec(readFileSync(`${ROOT}docs/reference/client.md`, 'utf8'))?.[1];
  if (!example) throw new Error('docs/reference/client.md has no page');
  return `<!doctype html><html lang="en"><title>An application</title><link rel="icon" href="data:," />${example}</html>`;
}

function policy(page: string, service: string): string {
  const map = /<script type="importmap">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
  const hash = createHash('sha256').update(map).digest('base64');
  const sockets = service.replace(/^http/, 'ws');
  return `default-src 'none'; script-src 'self' 'sha256-${hash}'; img-src data:; connect-src 'self' ${service} ${sockets}`;
}

function fileAt(pathname: string): Buffer | null {
  const [, folder = '', file = ''] = /^\/lib\/([\w.-]+)\/([\w.-]+)$/.exec(pathname) ?? [];
  if (!FOLDERS[folder] || !TYPES[extname(file)]) return null;
  try {
    return readFileSync(`${ROOT}${FOLDERS[folder]}/${file}`);
  } catch {
    return null;
  }
}
