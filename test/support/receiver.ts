import { EventEmitter, on, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { Clock } from '../../src/common/index.js';

/** A request whose signature was right. */
export interface Received {
  readonly id: string;
  readonly path: string;
  readonly body: any;
  readonly text: string;
}

/** Answers a request; the default is 204. */
export type Respond = (response: ServerResponse, received: Received) => void;

/** A webhook's target: keeps what came with a right signature and counts what came without. */
export interface Receiver {
  readonly url: string;
  readonly port: number;
  readonly received: readonly Received[];
  /** Requests without a right signature. */
  readonly forged: readonly IncomingMessage[];
  /** A path is verified with the secret that was given for it. */
  verify(path: string, secret: string): void;
  secretOf(path: string): string;
  respond(respond: Respond): void;
  /** Resolves once so many of `path` have come. */
  gets(count: number, path?: string): Promise<readonly Received[]>;
  /** Resolves once `done` says so of what has come. */
  until(done: (received: readonly Received[]) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** `clock`: that of the sender, where it does not go with the real time. */
export async function startReceiver({ port = 0, clock }: { port?: number; clock?: Clock } = {}): Promise<Receiver> {
  const secrets = new Map<string, string>();
  const received: Received[] = [];
  const forged: IncomingMessage[] = [];
  const arrivals = new EventEmitter();
  let respond: Respond = (response) => response.writeHead(204).end();

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const path = request.url ?? '';
      try {
        const headers = request.headers as Record<string, string>;
        const body = verified(new Webhook(secrets.get(path) ?? ''), text, headers, clock);
        const one = { id: String(request.headers['webhook-id']), path, body, text };
        received.push(one);
        respond(response, one);
      } catch {
        forged.push(request);
        response.writeHead(400).end();
      }
      arrivals.emit('request');
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  const of = (path?: string) => received.filter((one) => path === undefined || one.path === path);
  const until = async (done: (all: readonly Received[]) => boolean) => {
    if (done(received)) return;
    for await (const _ of on(arrivals, 'request')) if (done(received)) return;
  };
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    received,
    forged,
    verify: (path, secret) => void secrets.set(path, secret),
    secretOf: (path) => secrets.get(path) ?? '',
    respond: (next) => {
      respond = next;
    },
    gets: async (count, path) => {
      await until(() => of(path).length >= count);
      return of(path);
    },
    until,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Throws where the signature is not right. The package knows the real time only, and refuses what is five minutes away from it. */
function verified(webhook: Webhook, text: string, headers: Record<string, string>, clock?: Clock): unknown {
  if (!clock) return webhook.verify(text, headers);
  const at = new Date(Number(headers['webhook-timestamp']) * 1000);
  const isNow = Math.abs(at.getTime() - clock.now().getTime()) < 300_000;
  if (!isNow || webhook.sign(headers['webhook-id']!, at, text) !== headers['webhook-signature']) {
    throw new Error('wrong signature');
  }
  return JSON.parse(text);
}

/** A secret as Standard Webhooks has it. */
export const aSecret = (seed = 7) => `whsec_${Buffer.alloc(32, seed).toString('base64')}`;
