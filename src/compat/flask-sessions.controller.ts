import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { Client, CurrentSession, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem, RoutesFlag } from '../common/index.js';
import type { ClientContext } from '../devices/index.js';
import { IsEmailAddress, IsNewPassword, IsUsername, UserRegistration } from '../users/index.js';

class RegisterDto {
  @IsUsername({ required: true })
  username!: string;

  @IsEmailAddress({ required: true })
  email!: string;

  @IsNewPassword({ required: true })
  password!: string;
}

class RegisteredView {
  @ApiProperty({ example: 'User registered' }) message!: string;
  @ApiProperty({ example: 'demo.asha' }) username!: string;
}

class ProtectedView {
  @ApiProperty({ description: 'The username, else what the person is called or reached by.', example: 'demo.asha' })
  username!: string;
  @ApiProperty({ example: 'You are logged in' }) message!: string;
}

@ApiTags('Earlier API: Flask sessions')
@Controller()
@RoutesFlag('isEarlierApi')
export class FlaskSessionsController {
  constructor(private readonly registration: UserRegistration) {}

  @Post('register')
  @ApiOperation({ summary: 'Register' })
  @ApiSecurity({})
  @ApiCreatedResponse({ type: RegisteredView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(409, 'username_taken or email_taken')
  @ApiProblem(429, 'too_many_attempts')
  @ApiProblem(503, 'busy or store_unavailable')
  async register(@Body() given: RegisterDto, @Client() { ip }: ClientContext): Promise<RegisteredView> {
    await this.registration.register(given, ip);
    return { message: 'User registered', username: given.username };
  }

  @Get('protected')
  @UserOnly()
  @ApiOperation({ summary: 'For those who are logged in' })
  @ApiOkResponse({ type: ProtectedView })
  protected(@CurrentSession() { user }: Caller): ProtectedView {
    const { username, displayName, email, mobile, id } = user;
    return { username: username ?? displayName ?? email ?? mobile ?? id, message: 'You are logged in' };
  }
}
