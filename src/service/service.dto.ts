import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIP, IsObject, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import { AppError, IsId } from '../common/index.js';
import type { IdentifierKind } from '../accounts/index.js';
import type { PersonRef } from '../users/index.js';

/** How to look for a person, without the id. */
export class IdentifierQuery {
  @ApiPropertyOptional({ example: '9012345678' })
  @IsOptional()
  @IsString()
  @Length(1, 32)
  mobile?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, 40)
  username?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, 254)
  email?: string;
}

/** One way, and only one, to say which person is meant. */
export class PersonDto extends IdentifierQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  id?: string;
}

export class ServiceLoginDto {
  @ApiProperty({ example: { mobile: '9012345678' } })
  @IsObject()
  @ValidateNested()
  @Type(() => PersonDto)
  user!: PersonDto;

  @ApiProperty({
    description: "The end user's.",
    example: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  })
  @IsString()
  @Length(0, 4096)
  userAgent!: string;

  @ApiProperty({ description: "The end user's.", example: '203.0.113.7' })
  @IsIP()
  ipAddress!: string;

  @ApiPropertyOptional({ description: 'What the service calls the device, if it knows it again.', example: 'laptop-1' })
  @IsOptional()
  @IsString()
  @Length(1, 128)
  deviceId?: string;
}

export class IntrospectDto {
  @ApiProperty({ description: 'A token that somebody presented to the calling backend.' })
  @IsString()
  @Length(1, 4096)
  token!: string;
}

/** Throws 400 `validation_failed` unless exactly one is given. */
export function toPersonRef(given: PersonDto): PersonRef {
  const refs = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  const [ref] = refs;
  if (!ref || refs.length > 1) {
    throw new AppError(
      'validation_failed',
      'invalid',
      'Name the person by exactly one of id, mobile, username, email.',
    );
  }
  const [kind, value] = ref as [IdentifierKind | 'id', string];
  return kind === 'id' ? { id: value } : { kind, value };
}
