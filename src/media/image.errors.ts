import { AppError } from '../common/index.js';

/** Also one that the caller may not see: nothing tells the two apart. */
export class ImageNotFoundError extends AppError {
  constructor() {
    super('image_not_found', 'missing', 'There is no such picture.');
  }
}

export class ImageTooBigError extends AppError {
  constructor() {
    super('body_too_large', 'too-large', 'A picture may have 8 MiB.');
  }
}

export class UnsupportedImageError extends AppError {
  constructor() {
    super('unsupported_image', 'unsupported', 'A picture must be a JPEG, PNG, WebP or GIF.');
  }
}

export class ImageTooLargeError extends AppError {
  constructor() {
    super('image_too_large', 'unprocessable', 'The picture has too many pixels, or too many frames.');
  }
}

export class InvalidImageError extends AppError {
  constructor(cause?: unknown) {
    super('invalid_image', 'unprocessable', 'The picture is damaged or cut off.', { cause });
  }
}

/** Too many pictures are on their way in, or wait to be written anew. */
export class ImagesBusyError extends AppError {
  constructor() {
    super('busy', 'unavailable', 'Too many pictures at once. Try again shortly.', { retryAfter: 1 });
  }
}

/** The disk or the cloud on which the files are does not take or give them. */
export class ImageStorageUnavailableError extends AppError {
  constructor(cause: unknown) {
    super('image_storage_unavailable', 'unavailable', 'Pictures cannot be kept or read now. Try again shortly.', {
      retryAfter: 5,
      cause,
    });
  }
}
