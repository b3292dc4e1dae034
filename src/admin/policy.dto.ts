import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, Max, Min, ValidateIf } from 'class-validator';
import {
  HIGHEST_LIMIT,
  LIMIT_SCOPES,
  ON_LIMIT,
  POLICY_SOURCES,
  type LimitScope,
  type OnLimit,
  type PolicyInForce,
  type PolicySource,
  type SessionPolicy,
} from '../sessions/index.js';

/** A whole policy: what is not given is not taken from a wider one. */
export class PolicyDto implements SessionPolicy {
  @ApiProperty({
    type: 'integer',
    nullable: true,
    minimum: 1,
    maximum: HIGHEST_LIMIT,
    example: 2,
    description: 'How many sessions may be live; null for no limit, which is held at 1,000.',
  })
  @ValidateIf((_, value) => value !== null)
  @IsInt()
  @Min(1)
  @Max(HIGHEST_LIMIT)
  limit!: number | null;

  @ApiProperty({ enum: LIMIT_SCOPES, example: 'user', description: 'What the limit counts.' })
  @IsIn(LIMIT_SCOPES)
  per!: LimitScope;

  @ApiProperty({ enum: ON_LIMIT, example: 'ask', description: 'What happens to the one too many.' })
  @IsIn(ON_LIMIT)
  onLimit!: OnLimit;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 31_536_000, example: 1800, description: 'Seconds without use.' })
  @IsInt()
  @Min(1)
  @Max(31_536_000)
  idleTimeout!: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 315_360_000, example: 2_592_000, description: 'Seconds.' })
  @IsInt()
  @Min(1)
  @Max(315_360_000)
  maxAge!: number;
}

export class PolicyInForceView {
  @ApiProperty() policy!: PolicyDto;
  @ApiProperty({ enum: POLICY_SOURCES, example: 'environment', description: 'The narrowest scope that has one.' })
  source!: PolicySource;
}

export function toPolicyView({ policy, source }: PolicyInForce): PolicyInForceView {
  const { limit, per, onLimit, idleTimeout, maxAge } = policy;
  return { policy: { limit, per, onLimit, idleTimeout, maxAge }, source };
}
