import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import type { Actor } from '../accounts/index.js';
import { CurrentActor, CurrentOperator, NeedsScope, OperatorFreshlyProved, ServiceOrUser } from '../auth/index.js';
import { ApiProblem, RoutesFlag, TakesFormFields } from '../common/index.js';
import { EarlierSessionView } from './earlier-session.view.js';
import { EarlierSessions } from './earlier-sessions.service.js';

class SessionIdDto {
  @ApiProperty({ maxLength: 64, example: '457d87d7-d06b-4f44-90ea-76ac235903b2' })
  @IsString()
  @Length(1, 64)
  sessionId!: string;
}

class WelcomeView {
  @ApiProperty({ example: 'Welcome' }) message!: string;
  @ApiProperty({ example: 'Oneseat' }) author!: string;
  @ApiProperty({ description: 'As `author`.', example: 'Oneseat' }) autor!: string;
}

class RenewedView {
  @ApiProperty({ example: 'Session updated' }) message!: string;
  @ApiProperty() session!: EarlierSessionView;
}

class EndedAllView {
  @ApiProperty({ example: 'Sessions ended' }) message!: string;
  @ApiProperty({ example: 2 }) ended!: number;
}

@ApiTags('Earlier API: Express practice')
@Controller()
@RoutesFlag('isEarlierApi')
export class ExpressPracticeController {
  constructor(private readonly sessions: EarlierSessions) {}

  @Get('welcome')
  @ApiOperation({ summary: 'Says who made this' })
  @ApiSecurity({})
  @ApiOkResponse({ type: WelcomeView })
  welcome(): WelcomeView {
    return { message: 'Welcome', author: 'Oneseat', autor: 'Oneseat' };
  }

  @Get('status')
  @ServiceOrUser()
  @ApiOperation({ summary: 'A session, and for how long it has been idle' })
  @ApiOkResponse({ type: EarlierSessionView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(404, 'session_not_found')
  @NeedsScope('users')
  status(@Query() { sessionId }: SessionIdDto, @CurrentActor() actor: Actor): Promise<EarlierSessionView> {
    return this.sessions.get(sessionId, actor);
  }

  @Post('update')
  @HttpCode(200)
  @TakesFormFields()
  @ServiceOrUser()
  @ApiOperation({ summary: 'The last access is now', description: 'A session that has ended stays ended.' })
  @ApiOkResponse({ type: RenewedView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(404, 'session_not_found')
  @NeedsScope('introspect')
  async update(@Body() { sessionId }: SessionIdDto, @CurrentActor() actor: Actor): Promise<RenewedView> {
    return { message: 'Session updated', session: await this.sessions.renew(sessionId, actor) };
  }

  @Get('allSessions')
  @ServiceOrUser()
  @ApiOperation({
    summary: 'The newest hundred sessions',
    description: 'Everybody’s for a service or an administrator.',
  })
  @ApiOkResponse({ type: [EarlierSessionView] })
  @NeedsScope('users')
  all(@CurrentOperator() actor: Actor): Promise<EarlierSessionView[]> {
    return this.sessions.list(actor, 'all');
  }

  @Get(['allCurrentSessions', 'allcurrentSession'])
  @ServiceOrUser()
  @ApiOperation({ summary: 'The newest hundred live sessions', description: 'As `/allSessions`.' })
  @ApiOkResponse({ type: [EarlierSessionView] })
  @NeedsScope('users')
  allCurrent(@CurrentOperator() actor: Actor): Promise<EarlierSessionView[]> {
    return this.sessions.list(actor, 'live');
  }

  @Delete(['deleteSessions', 'deleteAllSessions'])
  @OperatorFreshlyProved()
  @ServiceOrUser()
  @ApiOperation({
    summary: 'End all sessions',
    description:
      'Everybody’s for a service or an administrator. A service without the scope `admins` passes over administrators.',
  })
  @ApiOkResponse({ type: EndedAllView })
  @ApiProblem(403, 'service_scope_required or fresh_proof_required')
  @NeedsScope('end')
  async deleteAll(@CurrentOperator() actor: Actor): Promise<EndedAllView> {
    return { message: 'Sessions ended', ended: await this.sessions.endAll(actor) };
  }
}
