import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { PageQuery, IsId } from '../../common/index.js';
import { HIGHEST_LIMIT } from '../session.policy.js';

export class TakeoverDto {
  @ApiProperty({ description: 'From the 409 of the login.' })
  @IsString()
  @Length(1, 128)
  ticket!: string;

  @ApiProperty({ type: [String], format: 'uuid', description: 'The sessions that shall go.' })
  @IsArray()
  @ArrayMaxSize(HIGHEST_LIMIT)
  @IsId({ each: true })
  end!: string[];
}

export class WaitDto {
  @ApiProperty({ description: 'From the 202 of the login.' })
  @IsString()
  @Length(1, 128)
  ticket!: string;
}

export class AnswerLoginDto {
  @ApiProperty({ example: true })
  @IsBoolean()
  approve!: boolean;

  @ApiPropertyOptional({
    type: Number,
    minimum: 10,
    maximum: 99,
    example: 42,
    description: 'To approve: which of the three numbers the waiting device shows. Another one denies.',
  })
  @ValidateIf(({ approve, number }: AnswerLoginDto) => approve || number !== undefined)
  @IsInt()
  @Min(10)
  @Max(99)
  number?: number;
}

export class RefreshDto {
  @ApiPropertyOptional({ default: false, description: 'Issue a new token too.' })
  @IsOptional()
  @IsBoolean()
  rotate?: boolean;
}

const LIST_STATES = ['live', 'ended', 'all'] as const;

export class SessionListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: LIST_STATES, default: 'live' })
  @IsOptional()
  @IsIn(LIST_STATES)
  state: (typeof LIST_STATES)[number] = 'live';
}

export class EndManyQuery {
  @ApiPropertyOptional({ enum: ['current'], description: 'Keep the session that asks.' })
  @IsOptional()
  @IsIn(['current'])
  except?: 'current';
}
