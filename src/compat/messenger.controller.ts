import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem, IdPipe, RoutesFlag } from '../common/index.js';
import { Contacts, MessagesService } from '../messages/index.js';
import { decodeDataUrl, TakesDataUrl } from './data-url.js';
import { SendDto } from './messenger.dto.js';
import { MessengerMessageView, MessengerUserView, toMessengerMessage, toMessengerUser } from './messenger.view.js';

/** This API knows no pages: it shows so many of the newest people, and of the newest messages. */
const SHOWN = 1000;

@ApiTags('Earlier API: messenger')
@Controller('api/messages')
@RoutesFlag('isEarlierApi')
@UserOnly()
export class MessengerController {
  constructor(
    private readonly contacts: Contacts,
    private readonly messages: MessagesService,
  ) {}

  @Get('users')
  @ApiOperation({
    summary: 'Everybody else',
    description: 'The newest thousand, without administrators. `EARLIER_APIS_DIRECTORY` narrows it.',
  })
  @ApiOkResponse({ type: [MessengerUserView] })
  async users(@CurrentSession() { user }: Caller): Promise<MessengerUserView[]> {
    const { found } = await this.contacts.listPeople(user.id, { text: null, before: null, limit: SHOWN });
    return found.map(toMessengerUser);
  }

  @Get(':id')
  @ApiOperation({
    summary: 'The messages with somebody, in both directions, oldest first',
    description: 'The newest thousand. Empty where there is none, or no such person.',
  })
  @ApiOkResponse({ type: [MessengerMessageView] })
  @ApiProblem(400, 'bad_request')
  async list(@CurrentSession() { user }: Caller, @Param('id', IdPipe) id: string): Promise<MessengerMessageView[]> {
    const newestFirst = await this.messages.listWith(user.id, id, { limit: SHOWN });
    return newestFirst.reverse().map(toMessengerMessage);
  }

  @Post('send/:id')
  @TakesDataUrl()
  @ApiOperation({ summary: 'Send a message', description: 'Words, a picture, or both.' })
  @ApiCreatedResponse({ type: MessengerMessageView })
  @ApiProblem(404, 'user_not_found')
  @ApiProblem(429, 'too_many_messages')
  async send(
    @CurrentSession() { session }: Caller,
    @Param('id', IdPipe) to: string,
    @Body() { text, image }: SendDto,
  ): Promise<MessengerMessageView> {
    const outgoing = { to, text: text || undefined, image: image ? decodeDataUrl('image', image) : undefined };
    const { message } = await this.messages.send(session, outgoing, null);
    return toMessengerMessage(message);
  }
}
