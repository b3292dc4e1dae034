import { Body, Controller, Get, HttpCode, Post, Put, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Client, CookieJar, CurrentSession, TokenIfAny, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem, RoutesFlag } from '../common/index.js';
import type { ClientContext } from '../devices/index.js';
import { Avatars } from '../media/index.js';
import { isPending, type Login, type PendingLogin } from '../sessions/index.js';
import { LoginAnswer, PendingLoginView } from '../sessions/http/index.js';
import { decodeDataUrl, TakesDataUrl } from './data-url.js';
import { MessengerAccess } from './messenger-access.service.js';
import { MessengerLoginDto, SignUpDto, UpdateProfileDto } from './messenger.dto.js';
import { MessengerUserView, toOwnMessengerUser } from './messenger.view.js';
import { RootLogout } from './root-logout.service.js';

class LoggedOutView {
  @ApiProperty({ example: 'Logged out' }) message!: string;
}

@ApiTags('Earlier API: messenger')
@Controller('api/auth')
@RoutesFlag('isEarlierApi')
export class MessengerAccessController {
  constructor(
    private readonly access: MessengerAccess,
    private readonly logouts: RootLogout,
    private readonly avatars: Avatars,
    private readonly answer: LoginAnswer,
    private readonly cookies: CookieJar,
  ) {}

  @Post('signup')
  @ApiOperation({ summary: 'Register, and log in', description: 'Sets the cookies.' })
  @ApiSecurity({})
  @ApiCreatedResponse({ type: MessengerUserView })
  @ApiProblem(400, 'validation_failed or invalid_device')
  @ApiProblem(409, 'email_taken')
  @ApiProblem(429, 'too_many_attempts')
  @ApiProblem(503, 'busy or store_unavailable')
  async signUp(
    @Body() given: SignUpDto,
    @Client() client: ClientContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessengerUserView | PendingLoginView> {
    return this.give(await this.access.signUp(given, client), client, reply);
  }

  @Post('login')
  @HttpCode(200)
  @ApiOperation({ summary: 'Log in', description: 'Sets the cookies.' })
  @ApiSecurity({})
  @ApiOkResponse({ type: MessengerUserView })
  @ApiAcceptedResponse({ type: PendingLoginView, description: 'Under `approve`: a live device is being asked.' })
  @ApiProblem(400, 'validation_failed or invalid_device')
  @ApiProblem(401, 'invalid_credentials')
  @ApiProblem(409, 'session_limit_reached')
  @ApiProblem(429, 'too_many_attempts')
  @ApiProblem(503, 'busy or store_unavailable')
  async logIn(
    @Body() { email, password }: MessengerLoginDto,
    @Client() client: ClientContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessengerUserView | PendingLoginView> {
    const login = this.answer.orRefuse(this.access.logIn(email, password, client), client, reply);
    return this.give(await login, client, reply);
  }

  @Post('logout')
  @HttpCode(200)
  @ApiOperation({ summary: 'Log out' })
  @ApiSecurity({})
  @ApiOkResponse({ type: LoggedOutView })
  async logOut(
    @TokenIfAny() token: string | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoggedOutView> {
    await this.logouts.logout(null, token, null);
    this.cookies.clearSession(reply);
    return { message: 'Logged out' };
  }

  @Put('update-profile')
  @UserOnly()
  @TakesDataUrl()
  @ApiOperation({ summary: 'Set the profile picture' })
  @ApiOkResponse({ type: MessengerUserView })
  @ApiProblem(429, 'too_many_requests')
  async updateProfile(
    @CurrentSession() { session }: Caller,
    @Body() { profilePic }: UpdateProfileDto,
  ): Promise<MessengerUserView> {
    return toOwnMessengerUser(await this.avatars.save(session, decodeDataUrl('profilePic', profilePic)));
  }

  @Get('check')
  @UserOnly()
  @ApiOperation({ summary: 'Oneself' })
  @ApiOkResponse({ type: MessengerUserView })
  check(@CurrentSession() { user }: Caller): MessengerUserView {
    return toOwnMessengerUser(user);
  }

  private async give(
    login: Login | PendingLogin,
    client: ClientContext,
    reply: FastifyReply,
  ): Promise<MessengerUserView | PendingLoginView> {
    const answer = await this.answer.give(login, client, reply);
    return isPending(login) ? (answer as PendingLoginView) : toOwnMessengerUser(login.user);
  }
}
