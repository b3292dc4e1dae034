import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, ApiResponse, getSchemaPath } from '@nestjs/swagger';

/** For ids in the OpenAPI document. */
export const ID_EXAMPLE = '01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f';

class FieldError {
  @ApiProperty({ example: 'mobile' }) field!: string;
  @ApiProperty({ example: 'must be a phone number' }) message!: string;
}

/** RFC 9457. `code` is stable: decide by it, and show `detail` to people. */
export class ProblemView {
  @ApiProperty({ example: 'urn:oneseat:problem:validation_failed' }) type!: string;
  @ApiProperty({ example: 'Bad Request' }) title!: string;
  @ApiProperty({ example: 400 }) status!: number;
  @ApiProperty({ example: 'The body or the query is not as documented.' }) detail!: string;
  @ApiProperty({ example: 'validation_failed' }) code!: string;
  @ApiProperty({ example: ID_EXAMPLE }) requestId!: string;
  @ApiPropertyOptional({ type: [FieldError] }) errors?: FieldError[];
  @ApiPropertyOptional({ description: 'Of the earlier APIs alone: in words, as `error`.' }) message?: string;
  @ApiPropertyOptional({ description: 'Of the earlier APIs alone: as `message`.' }) error?: string;
}

/** Documents an error answer; `codes` says which codes it may carry, `view` what members beyond those of every problem. */
export const ApiProblem = (status: number, codes: string, view: Type<ProblemView> = ProblemView) =>
  applyDecorators(
    ApiExtraModels(view),
    ApiResponse({
      status,
      description: codes,
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(view) } } },
    }),
  );
