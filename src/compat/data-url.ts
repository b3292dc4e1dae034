import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { ApiProblem, InvalidFieldError, LargeBody } from '../common/index.js';

/** For a call whose JSON holds a picture as a data URL: base64 makes a third more of its 8 MiB. */
export const TakesDataUrl = () =>
  applyDecorators(
    LargeBody(12 * 1024 * 1024),
    ApiProblem(400, 'bad_request or validation_failed'),
    ApiProblem(413, 'body_too_large'),
    ApiProblem(415, 'unsupported_image or unsupported_media_type'),
    ApiProblem(422, 'invalid_image or image_too_large'),
    ApiProblem(503, 'busy, image_storage_unavailable or store_unavailable'),
  );

const NAME = '[\\w.+-]{1,100}';
const START = new RegExp(`^data:${NAME}/${NAME}(;${NAME}=${NAME}){0,10};base64,`);

/** A picture as a data URL (RFC 2397), in base64. */
export const IsDataUrl = ({ required = false } = {}) =>
  applyDecorators(
    ApiProperty({
      type: String,
      required,
      description: 'A JPEG, PNG, WebP or GIF of up to 8 MiB, as a data URL in base64.',
      example: 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
    }),
    Matches(START, { message: 'must be a data URL in base64' }),
  );

/** The bytes in a data URL; what they are, they say themselves. Throws `InvalidFieldError`. */
export function decodeDataUrl(field: string, url: string): Buffer {
  const data = url.slice(url.indexOf(',') + 1);
  const bytes = Buffer.from(data, 'base64');
  // What is no base64 is passed over, and missing then.
  const padding = data.length - data.replace(/={1,2}$/, '').length;
  if (bytes.length === 0 || bytes.length !== (data.length / 4) * 3 - padding)
    throw new InvalidFieldError(field, 'must be a data URL in base64');
  return bytes;
}
