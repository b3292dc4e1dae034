import { applyDecorators, Injectable, ParseUUIDPipe, type ArgumentMetadata } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsUUID } from 'class-validator';

/** An id in a path: a UUID, which may be written in either case (RFC 9562). Ours are stored in lower case. */
@Injectable()
export class IdPipe extends ParseUUIDPipe {
  override transform(value: string, metadata: ArgumentMetadata) {
    return super.transform(value.toLowerCase(), metadata);
  }
}

/** An id in a body or a query, or with `each` a list of them. */
export const IsId = (options: { each?: boolean } = {}) =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(toLower) : toLower(value))),
    IsUUID('all', options),
  );

function toLower(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
