import { createHash, createHmac } from 'node:crypto';
import { startCloud, type CloudAnswer, type CloudRequest, type FakeCloud } from './fake-cloud.js';

const [ID, SECRET, REGION, BUCKET] = [
  'AKIDEXAMPLE',
  'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  'eu-west-1',
  'pictures',
];

export interface FakeS3 extends FakeCloud {
  readonly settings: Readonly<Record<string, string>>;
}

/** One bucket that speaks as S3 does, by path. */
export async function startS3(): Promise<FakeS3> {
  const cloud = await startCloud(isSigned, serve);
  const settings = {
    S3_ENDPOINT: cloud.origin,
    S3_REGION: REGION,
    S3_BUCKET: BUCKET,
    S3_ACCESS_KEY_ID: ID,
    S3_SECRET_ACCESS_KEY: SECRET,
  };
  return { ...cloud, settings };
}

function serve({ method, url, headers, body }: CloudRequest, kept: Map<string, Buffer>): CloudAnswer {
  const [, bucket, ...key] = decodeURIComponent(url.pathname).split('/');
  if (bucket !== BUCKET) return failure(404, 'NoSuchBucket');
  const name = key.join('/');
  if (method === 'PUT') {
    if (headers['content-type'] !== 'image/webp') return failure(400, 'InvalidRequest');
    kept.set(name, body);
    return { status: 200, headers: { etag: '"x"' } };
  }
  if (method === 'DELETE') {
    kept.delete(name);
    return { status: 204 };
  }
  const found = kept.get(name);
  return found ? { status: 200, body: found } : failure(404, 'NoSuchKey');
}

const failure = (status: number, code: string): CloudAnswer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`,
});

/** AWS Signature Version 4, computed anew from what has arrived, the body included. */
function isSigned({ method, url, headers, body }: CloudRequest): boolean {
  const given = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([\da-f]{64})$/.exec(
    headers.authorization ?? '',
  );
  if (!given) return false;
  const [, credential, names, signature] = given as unknown as [string, string, string, string];
  const time = String(headers['x-amz-date']);
  const scope = `${time.slice(0, 8)}/${REGION}/s3/aws4_request`;
  const bodyHash = sha256(body);
  const signed = names.split(';');
  const canonical = [
    method,
    url.pathname,
    [...url.searchParams]
      .map((pair) => pair.map(encodeURIComponent).join('='))
      .sort()
      .join('&'),
    ...signed.map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    bodyHash,
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${SECRET}`);
  return (
    credential === `${ID}/${scope}` &&
    ['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => signed.includes(name)) &&
    headers['x-amz-content-sha256'] === bodyHash &&
    hmac(key, toSign).toString('hex') === signature
  );
}

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
