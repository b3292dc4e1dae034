import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { CurrentSession, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem, IdPipe } from '../common/index.js';
import { NotificationView, toNotificationView } from '../notifications/index.js';
import { ReportsService } from './reports.service.js';

class ReportDto {
  @ApiProperty({ description: 'What stands behind `#` in the link.' })
  @IsString()
  @Length(1, 256)
  token!: string;
}

@ApiTags('Notifications')
@Controller('v1')
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Post('notifications/:id/report')
  @HttpCode(200)
  @UserOnly()
  @ApiOperation({
    summary: 'This was not me',
    description:
      'Ends that session and blocks its device. From then on the password opens a session only from a proven device known before; everybody else recovers by a code. Repeating it changes nothing.',
  })
  @ApiOkResponse({ type: NotificationView })
  @ApiProblem(400, 'bad_request')
  @ApiProblem(404, 'notification_not_found')
  @ApiProblem(409, 'notification_about_this_session or not_reportable')
  async report(@CurrentSession() { session }: Caller, @Param('id', IdPipe) id: string): Promise<NotificationView> {
    return toNotificationView(await this.reports.report(session, id));
  }

  @Post('reports')
  @HttpCode(204)
  @ApiOperation({ summary: 'This was not me, by the link in a mail or a text', description: 'Each link works once.' })
  @ApiSecurity({})
  @ApiNoContentResponse()
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(404, 'invalid_report_link')
  @ApiProblem(409, 'not_reportable')
  @ApiProblem(410, 'report_link_stale')
  async reportByLink(@Body() { token }: ReportDto): Promise<void> {
    await this.reports.reportByLink(token);
  }
}
