/** A picture that somebody gave. Its files are in the `ImageStorage`. */
export interface Image {
  readonly id: string;
  readonly ownerId: string;
  readonly use: 'avatar' | 'message';
  /** The message that it belongs to; null for an avatar. */
  readonly messageId: string | null;
  /** Who sees it beside its owner. An avatar is for everybody who is logged in. */
  readonly viewers: readonly string[];
  /** False while it is not known whether its message was stored. */
  readonly confirmed: boolean;
  readonly createdAt: Date;
}

/** What a picture is kept in: an avatar in the first two, in pixels, a message's in the others. */
export const IMAGE_SIZES = ['64', '256', 'full', 'preview'] as const;
export type ImageSize = (typeof IMAGE_SIZES)[number];

/** WebP. */
export interface ImageFile {
  readonly size: ImageSize;
  readonly bytes: Buffer;
}
