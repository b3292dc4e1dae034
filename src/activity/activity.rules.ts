import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import { Matches, Validate, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { MayBeAbsent } from '../common/index.js';
import { LIFECYCLE } from './activity.js';

/** Bytes of the JSON text, and levels of nesting, the object itself being the first. */
const MAX_SIZE = 8 * 1024;
const MAX_DEPTH = 8;

const TYPE = new RegExp(`^(?!(?:${LIFECYCLE.join('|')})$)[A-Za-z0-9._:-]{1,64}$`);

@ValidatorConstraint({ name: 'smallObject' })
class SmallObject implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    return depthOf(value) <= MAX_DEPTH && Buffer.byteLength(JSON.stringify(value)) <= MAX_SIZE;
  }

  defaultMessage(): string {
    return `must be an object of at most ${MAX_SIZE} bytes as JSON, and ${MAX_DEPTH} levels deep`;
  }
}

/** The parser has bounded the depth already. */
function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

export const IsActivityType = () =>
  applyDecorators(
    ApiProperty({ example: 'order.placed', pattern: '^[A-Za-z0-9._:-]{1,64}$' }),
    Matches(TYPE, {
      message: `must have 1 to 64 letters, digits, dots, dashes, underscores or colons, and be none of ${LIFECYCLE.join(', ')}`,
    }),
  );

/** Taken as it stands: what is in it is the caller's own business. */
export const IsActivityData = () =>
  applyDecorators(
    ApiPropertyOptional({
      type: 'object',
      additionalProperties: true,
      description: 'At most 8 KiB of JSON, 8 levels deep.',
      example: { order: 4711 },
    }),
    Transform(({ obj, key }: TransformFnParams) => (obj as Record<string, unknown>)[key]),
    MayBeAbsent(),
    Validate(SmallObject),
  );
