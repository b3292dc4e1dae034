import { createHash } from 'node:crypto';
import { startCloud, type CloudAnswer, type CloudRequest, type FakeCloud } from './fake-cloud.js';

const [CLOUD, KEY, SECRET] = ['Demo-Cloud', '874837483274837', 'a676b67565c6767a6767d6767f676fe1'];

/** Parameters that are not signed. */
const UNSIGNED = ['file', 'api_key', 'signature', 'cloud_name', 'resource_type'];

export interface FakeCloudinary extends FakeCloud {
  readonly settings: Readonly<Record<string, string>>;
}

/** The upload API of one cloud, for raw files. */
export async function startCloudinary(): Promise<FakeCloudinary> {
  const cloud = await startCloud(isSigned, serve);
  return {
    ...cloud,
    settings: { CLOUDINARY_URL: `cloudinary://${KEY}:${SECRET}@${CLOUD}?upload_prefix=${cloud.origin}` },
  };
}

/** By the documentation: SHA-1 over the parameters in alphabetical order, as `name=value` with `&` between, and the secret. */
async function isSigned(request: CloudRequest): Promise<boolean> {
  const { params } = await read(request);
  const toSign = [...params]
    .filter(([name, value]) => value !== '' && !UNSIGNED.includes(name))
    .map(([name, value]) => `${name}=${value.replaceAll('&', '%26')}`)
    .sort()
    .join('&');
  const signature = createHash('sha1')
    .update(toSign + SECRET)
    .digest('hex');
  const age = Math.abs(Date.now() / 1000 - Number(params.get('timestamp')));
  return params.get('api_key') === KEY && params.get('signature') === signature && age < 3600;
}

async function serve(request: CloudRequest, kept: Map<string, Buffer>): Promise<CloudAnswer> {
  const { params, file } = await read(request);
  const name = params.get('public_id') ?? '';
  if (params.get('type') !== 'authenticated') return { status: 400, headers: { 'x-cld-error': 'open to everybody' } };
  switch (`${request.method} ${request.url.pathname}`) {
    case `POST /v1_1/${CLOUD}/raw/upload`:
      kept.set(name, file);
      return json({ public_id: name });
    case `POST /v1_1/${CLOUD}/raw/destroy`:
      return json({ result: kept.delete(name) ? 'ok' : 'not found' });
    case `GET /v1_1/${CLOUD}/raw/download`: {
      const found = kept.get(name);
      return found ? { status: 200, body: found } : { status: 404, headers: { 'x-cld-error': 'Resource not found' } };
    }
    default:
      return { status: 404 };
  }
}

async function read({ method, url, headers, body }: CloudRequest): Promise<{ params: URLSearchParams; file: Buffer }> {
  const params = new URLSearchParams(method === 'GET' ? url.search : '');
  let file = Buffer.alloc(0);
  if (method === 'GET') return { params, file };
  const type = { 'content-type': String(headers['content-type']) };
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- slow for a server, good enough for this one
  for (const [name, value] of await new Response(new Uint8Array(body), { headers: type }).formData()) {
    if (typeof value === 'string') params.append(name, value);
    else file = Buffer.from(await value.arrayBuffer());
  }
  return { params, file };
}

const json = (body: object): CloudAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
