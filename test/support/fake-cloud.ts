import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';

/** A request as a cloud sees it, read to its end. */
export interface CloudRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface CloudAnswer {
  readonly status: number;
  readonly body?: Buffer | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A storage cloud on this machine: what it keeps, what it turned away, and the way to break it. */
export interface FakeCloud {
  readonly origin: string;
  readonly kept: Map<string, Buffer>;
  /** Requests whose signature was wrong. */
  readonly refused: CloudRequest[];
  /** Answers everything so until it is given null. */
  break(answer: CloudAnswer | null): void;
  /** Gives so many of the next requests no answer, ever; by default all. */
  fallSilent(times?: number): void;
  close(): Promise<void>;
}

/** `serve` answers what `isSigned` says was signed with the right secret. */
export async function startCloud(
  isSigned: (request: CloudRequest) => boolean | Promise<boolean>,
  serve: (request: CloudRequest, kept: Map<string, Buffer>) => CloudAnswer | Promise<CloudAnswer>,
): Promise<FakeCloud> {
  const kept = new Map<string, Buffer>();
  const refused: CloudRequest[] = [];
  let broken: CloudAnswer | null = null;
  let silent = 0;

  async function answer(incoming: IncomingMessage): Promise<CloudAnswer> {
    const { method = '', headers } = incoming;
    const url = new URL(incoming.url ?? '', `http://${headers.host}`);
    const request = { method, url, headers, body: await buffer(incoming) };
    if (broken) return broken;
    if (await isSigned(request)) return serve(request, kept);
    refused.push(request);
    return { status: 403, body: 'SignatureDoesNotMatch' };
  }

  const server = createServer((incoming, response: ServerResponse) => {
    if (silent-- > 0) return;
    void answer(incoming).then(({ status, headers = {}, body }) => response.writeHead(status, headers).end(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    kept,
    refused,
    break: (next) => {
      broken = next;
    },
    fallSilent: (times = Infinity) => {
      silent = times;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
