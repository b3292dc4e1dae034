import type { FastifyReply } from 'fastify';
import type { ReadableImage } from './images.service.js';

/** Seconds. What is behind a URL never changes. */
const YEAR = 31_536_000;

/**
 * Sends a picture, or 304 where the caller's copy is good. Whatever the bytes are, a browser shows them as a picture or not at all.
 * A copy counts only for the session that it was got with: the next person at the browser asks anew.
 */
export async function sendImage(image: ReadableImage, reply: FastifyReply, known = ''): Promise<void> {
  const fresh = known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === image.tag);
  const bytes = fresh ? undefined : await image.bytes();
  reply.headers({
    ETag: image.tag,
    'Cache-Control': `private, max-age=${YEAR}, immutable`,
    Vary: ['Authorization', 'Cookie', reply.getHeader('Vary')].filter(Boolean).join(', '),
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  });
  if (fresh) reply.status(304);
  else reply.headers({ 'Content-Type': 'image/webp', 'Content-Disposition': 'inline' });
  await reply.send(bytes);
}
