import type { Image, ImageSize } from './image.js';

const AT = '/v1/images/';

/** Whatever is younger may still be on its way, and is not swept. In ms. */
export const GRACE_MS = 3_600_000;

export function avatarUrl(id: string): string {
  return `${AT}${id}/256`;
}

export function imageUrl(id: string): string {
  return `${AT}${id}`;
}

export function previewUrl(id: string): string {
  return `${AT}${id}/preview`;
}

/** Null for a URL that is not of an avatar here. */
export function idInAvatarUrl(url: string): string | null {
  const [id] = url.startsWith(AT) ? url.slice(AT.length).split('/') : [];
  return id && avatarUrl(id) === url ? id : null;
}

export function mayBeSeenBy({ use, ownerId, viewers }: Image, personId: string): boolean {
  return use === 'avatar' || ownerId === personId || viewers.includes(personId);
}

/** What a URL asks for, null where it names no size; null for a size in which such a picture is not kept. */
export function sizeFor({ use }: Image, asked: string | null): ImageSize | null {
  if (use === 'avatar') return asked === '64' ? '64' : asked === '256' || asked === null ? '256' : null;
  return asked === null ? 'full' : asked === 'preview' ? 'preview' : null;
}
