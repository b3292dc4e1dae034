import { Body, Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import {
  ApiExcludeEndpoint,
  ApiNoContentResponse,
  ApiOperation,
  ApiProperty,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { Client } from '../auth/index.js';
import { ApiProblem } from '../common/index.js';
import type { ClientContext } from '../devices/index.js';
import { IsNewPassword } from '../users/index.js';
import { RecoveryLinks } from './recovery-links.service.js';
import { PAGE, SCRIPT } from './recovery.page.js';

class LinkRecoveryDto {
  @ApiProperty({ description: 'What stands behind `#` in the link.' })
  @IsString()
  @Length(1, 256)
  token!: string;

  @IsNewPassword({ required: true })
  newPassword!: string;
}

/** For whoever has a link of the help desk. */
@ApiTags('Codes')
@Controller()
export class RecoveryLinksController {
  constructor(private readonly links: RecoveryLinks) {}

  @Post('v1/users/recover/link')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Set a new password by a link of the help desk',
    description:
      'Works once, for 24 hours. Ends every session and takes the standing of every device and channel: mobile and e-mail have to be verified again.',
  })
  @ApiSecurity({})
  @ApiNoContentResponse()
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(410, 'invalid_recovery_link')
  @ApiProblem(503, 'busy or store_unavailable')
  async recover(@Body() { token, newPassword }: LinkRecoveryDto, @Client() client: ClientContext): Promise<void> {
    await this.links.recover(token, newPassword, client);
  }

  @Get('recover')
  @ApiExcludeEndpoint()
  @Header('Content-Type', 'text/html; charset=utf-8')
  page(): string {
    return PAGE;
  }

  @Get('recover.js')
  @ApiExcludeEndpoint()
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  script(): string {
    return SCRIPT;
  }
}
