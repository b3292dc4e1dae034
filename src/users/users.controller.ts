import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Patch, Post, Put, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  Client,
  CookieJar,
  CurrentSession,
  GivenProofDto,
  SECURITY,
  ServiceIfAny,
  UserOnly,
  type Caller,
} from '../auth/index.js';
import { ApiProblem, InvalidFieldError } from '../common/index.js';
import type { ClientContext } from '../devices/index.js';
import { AccountDeletion } from './account-deletion.service.js';
import { AccountEditor } from './account-editor.service.js';
import { ChangePasswordDto, CreateUserDto, UpdateUserDto } from './user.dto.js';
import { UserRegistration } from './user-registration.service.js';
import { DeletionWaitsView, OwnUserView, toOwnUserView, toUserView, UserView } from './user.view.js';
import { UsersService } from './users.service.js';

/** Without what only a service, or the holder of a code, can give. */
const PERSON = { mobile: '9012345678', password: 'plum-Velvet-7-harbour', displayName: 'Asha (demo)' };

@ApiTags('Users')
@Controller('v1/users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly registration: UserRegistration,
    private readonly editor: AccountEditor,
    private readonly deletion: AccountDeletion,
    private readonly cookies: CookieJar,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Create a person',
    description:
      'Without `password` only a service may. With a `claim` code, or `verified` by a service, the contact is verified at once; an account that has it unverified loses it, and is told.',
  })
  @ApiSecurity({})
  @ApiSecurity(SECURITY.service)
  @ApiBody({ type: CreateUserDto, examples: { person: { value: PERSON } } })
  @ApiCreatedResponse({ type: UserView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(401, 'service_key_required')
  @ApiProblem(403, 'service_scope_required or invalid_code')
  @ApiProblem(409, 'mobile_taken, username_taken or email_taken')
  @ApiProblem(429, 'too_many_attempts')
  @ApiProblem(503, 'busy or store_unavailable')
  async create(
    @Body() given: CreateUserDto,
    @ServiceIfAny('users') service: string | null,
    @Client() client: ClientContext,
  ): Promise<UserView> {
    if (!service && given.password === undefined)
      throw new InvalidFieldError('password', 'is needed, unless a service creates the user');
    if (!service && given.verified) throw new InvalidFieldError('verified', 'only a service may say so');
    const by = service ? ({ kind: 'service', name: service } as const) : null;
    return toUserView(await this.registration.register(given, client.ip, by));
  }

  @Get('me')
  @UserOnly()
  @ApiOperation({ summary: 'Oneself' })
  @ApiOkResponse({ type: OwnUserView })
  @ApiProblem(503, 'store_unavailable')
  async me(@CurrentSession() { user }: Caller): Promise<OwnUserView> {
    return toOwnUserView(await this.users.getById(user.id));
  }

  @Patch('me')
  @UserOnly()
  @ApiOperation({
    summary: 'Edit oneself',
    description:
      'A new username, e-mail or mobile needs a proof younger than five minutes, kept by the session or given here: `currentPassword` or a `login` code. What it replaces stays claimed for 14 days (a username 90), unless a code to it confirms the change. Null removes a mobile or an e-mail. A username can be changed twice in 90 days; `availableAt` of the 409 says when again. With `code` and `request` of a `claim` code the new contact is verified at once; an account that has it unverified loses it, and is told.',
  })
  @ApiOkResponse({ type: UserView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(403, 'wrong_password, invalid_code or fresh_proof_required')
  @ApiProblem(409, 'mobile_taken, username_taken, email_taken, last_identifier or rename_limit_reached')
  @ApiProblem(429, 'too_many_attempts')
  @ApiProblem(503, 'busy or store_unavailable')
  async edit(
    @CurrentSession() { session }: Caller,
    @Body() patch: UpdateUserDto,
    @Client() client: ClientContext,
  ): Promise<UserView> {
    return toUserView(await this.editor.editProfile(session, patch, client));
  }

  @Put('me/password')
  @UserOnly()
  @HttpCode(204)
  @ApiOperation({ summary: 'Change the password', description: 'Ends every other session.' })
  @ApiNoContentResponse()
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(403, 'wrong_password, invalid_code or fresh_proof_required')
  @ApiProblem(429, 'too_many_attempts')
  @ApiProblem(503, 'busy or store_unavailable')
  async changePassword(
    @CurrentSession() { session }: Caller,
    @Body() { newPassword, ...proof }: ChangePasswordDto,
    @Client() client: ClientContext,
  ): Promise<void> {
    await this.editor.changePassword(session, proof, newPassword, client);
  }

  @Delete('me')
  @UserOnly()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete the account',
    description:
      'Needs a proof younger than five minutes, kept by the session or given here: `currentPassword` or a `login` code. Ends every session; mobile, username and e-mail are free at once. On a device that is not settled, without a code to a settled channel, it waits 14 days: 202. Every channel is told, and any login of a settled device cancels it; in the 30 days after that only `code` and `settled_device` are accepted.',
  })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiAcceptedResponse({ type: DeletionWaitsView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(403, 'wrong_password, invalid_code or fresh_proof_required')
  @ApiProblem(409, 'admin_role_held')
  @ApiProblem(429, 'too_many_attempts')
  @ApiProblem(503, 'busy or store_unavailable')
  async delete(
    @CurrentSession() { session }: Caller,
    @Body() proof: GivenProofDto,
    @Client() client: ClientContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeletionWaitsView | undefined> {
    const { deletesAt } = await this.deletion.delete(session, proof, client);
    if (deletesAt) {
      reply.status(HttpStatus.ACCEPTED);
      return { deletesAt: deletesAt.toISOString() };
    }
    this.cookies.clearSession(reply);
    return undefined;
  }

  @Delete('me/deletion')
  @UserOnly()
  @HttpCode(204)
  @ApiOperation({ summary: 'Cancel a deletion that waits', description: 'Any session of the person may.' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'deletion_not_found')
  @ApiProblem(503, 'busy or store_unavailable')
  async cancelDeletion(@CurrentSession() { session }: Caller): Promise<void> {
    await this.deletion.cancel(session);
  }
}
