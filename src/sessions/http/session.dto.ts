import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString, Length } from 'class-validator';
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
}

export class RefreshDto {
  @ApiPropertyOptional({ default: false, description: 'Issue a new token too; the old one is void at once.' })
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
