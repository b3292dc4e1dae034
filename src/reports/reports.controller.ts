import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiSecurity,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { ApiNativeDevice, Client, CurrentSession, PasswordLoginDto, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem, IdPipe, InvalidFieldError, MayBeAbsent } from '../common/index.js';
import type { ClientContext } from '../devices/index.js';
import { NotificationView, toNotificationView } from '../notifications/index.js';
import { TakeoverReports } from './takeover-reports.service.js';
import { ReportsService } from './reports.service.js';

class LinkReportDto {
  @ApiProperty({ description: 'What stands behind `#` in the link.' })
  @IsString()
  @Length(1, 256)
  token!: string;
}

class TokenReportDto {
  @ApiProperty({ description: 'The token of a session of yours that has ended.' })
  @IsString()
  @Length(1, 256)
  sessionToken!: string;
}

/** One of the three. What is missing is found out by the controller, for a validator sees one property at a time. */
class ReportDto {
  @MayBeAbsent()
  @IsString()
  @Length(1, 256)
  token?: string;

  @MayBeAbsent()
  @IsString()
  @Length(1, 256)
  sessionToken?: string;

  @MayBeAbsent()
  @IsString()
  @Length(1, 254)
  identifier?: string;

  @MayBeAbsent()
  @IsString()
  @Length(1, 512)
  password?: string;
}

const REPORTS = [LinkReportDto, TokenReportDto, PasswordLoginDto];

@ApiTags('Notifications')
@Controller('v1')
export class ReportsController {
  constructor(
    private readonly reports: ReportsService,
    private readonly takeovers: TakeoverReports,
  ) {}

  @Post('notifications/:id/report')
  @HttpCode(200)
  @UserOnly()
  @ApiOperation({
    summary: 'This was not me',
    description:
      'Blocks that device, and ends every session on it and on devices that came later, unless it was opened by a code to an older channel. From then on the password opens a session only from a proven device known before; everybody else recovers by a code. The asking device needs a higher standing than the reported one. Repeating it changes nothing.',
  })
  @ApiOkResponse({ type: NotificationView })
  @ApiProblem(400, 'bad_request')
  @ApiProblem(403, 'fresh_proof_required')
  @ApiProblem(404, 'notification_not_found')
  @ApiProblem(409, 'notification_about_this_session or not_reportable')
  async report(@CurrentSession() { session }: Caller, @Param('id', IdPipe) id: string): Promise<NotificationView> {
    return toNotificationView(await this.reports.report(session, id));
  }

  @Post('reports')
  @HttpCode(204)
  @ApiOperation({
    summary: 'This was not me, without a session',
    description:
      'By the link in a mail or a text, which works once; or from a settled device that shows its secret, with the token of a session that a stranger has ended, or with identifier and password. After a password that a stranger has set, that device takes the earlier one for 14 days.',
  })
  @ApiSecurity({})
  @ApiNativeDevice()
  @ApiBody({ schema: { oneOf: REPORTS.map((dto) => ({ $ref: getSchemaPath(dto) })) } })
  @ApiExtraModels(...REPORTS)
  @ApiNoContentResponse()
  @ApiProblem(400, 'validation_failed or invalid_device')
  @ApiProblem(401, 'invalid_credentials')
  @ApiProblem(403, 'fresh_proof_required')
  @ApiProblem(404, 'invalid_report_link')
  @ApiProblem(409, 'not_reportable')
  @ApiProblem(410, 'report_link_stale')
  @ApiProblem(429, 'too_many_attempts')
  @ApiProblem(503, 'busy or store_unavailable')
  async reportWithoutSession(
    @Body() { token, sessionToken, identifier, password }: ReportDto,
    @Client() client: ClientContext,
  ): Promise<void> {
    const given = [token, sessionToken, identifier ?? password].filter((one) => one !== undefined);
    if (given.length !== 1)
      throw new InvalidFieldError('token', 'give a token, a sessionToken, or identifier and password');
    if (token !== undefined) return this.reports.reportByLink(token);
    if (sessionToken !== undefined) return this.takeovers.reportByToken(sessionToken, client);
    if (identifier === undefined) throw new InvalidFieldError('identifier', 'is needed with a password');
    if (password === undefined) throw new InvalidFieldError('password', 'is needed with an identifier');
    return this.takeovers.reportByPassword(identifier, password, client);
  }
}
