import { Agent, request as httpRequest, type ClientRequest, type IncomingHttpHeaders } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Parsed where the answer says that it is JSON, else text. */
  readonly body: any;
}

export interface RawRequest {
  readonly method: string;
  /** Goes out as it is: nothing is normalized or encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
}

/** A new connection costs more than most requests. */
const connections = new Agent({ keepAlive: true });

/** HTTP without a browser's manners: any path, any header, a body with any method. */
export function sendRaw(url: string, { method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({
      hostname,
      port,
      method,
      path,
      agent: connections,
      headers: { ...length, ...headers },
    });
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const json = incoming.headers['content-type']?.includes('json') && text !== '';
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: json ? JSON.parse(text) : text });
      });
    });
    // Once there is an answer (413), that the rest of the body meets a closed socket changes nothing.
    outgoing.on('error', (error) => reject(new Error(`${method} ${path.slice(0, 80)}: ${error.message}`)));
    outgoing.end(body);
  });
}

/** A request of which the head alone is sent. */
export function beginRaw(
  url: string,
  { method, path, headers }: { method: string; path: string; headers: Readonly<Record<string, string | number>> },
): ClientRequest {
  const { hostname, port } = new URL(url);
  const outgoing = httpRequest({ hostname, port, method, path, agent: false, headers });
  outgoing.flushHeaders();
  return outgoing;
}

/** Status and problem code, as soon as they come. */
export function answerOf(outgoing: ClientRequest): Promise<{ status: number; code: string }> {
  return new Promise((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      let text = '';
      incoming.on('data', (chunk: Buffer) => (text += chunk.toString()));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, code: JSON.parse(text).code }));
    });
  });
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** What keeps the answer from being a refusal as RFC 9457 and our contract have it; null for nothing. */
export function faultOfRefusal({ status, headers, body }: RawAnswer): string | null {
  if (status < 400 || status > 499) return `status ${status}: ${JSON.stringify(body).slice(0, 200)}`;
  if (!headers['content-type']?.startsWith('application/problem+json')) {
    return `status ${status}, content type ${headers['content-type'] ?? 'none'}`;
  }
  const { type, title, detail, code, requestId } = body;
  const faults = [
    type !== `urn:oneseat:problem:${code}` && 'type',
    !(typeof title === 'string' && title !== '') && 'title',
    body.status !== status && 'status',
    !(typeof detail === 'string' && detail !== '') && 'detail',
    !/^[a-z]+(_[a-z]+)*$/.test(code) && 'code',
    !UUID.test(requestId) && 'requestId',
  ].filter(Boolean);
  return faults.length > 0 ? `status ${status} with a wrong ${faults.join(', ')}: ${JSON.stringify(body)}` : null;
}
