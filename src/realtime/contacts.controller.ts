import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem, decodeCursor, encodeCursor } from '../common/index.js';
import { Acquaintances, Contacts } from '../messages/index.js';
import { ContactListView, ContactQuery, toContactView } from './contact.view.js';
import { Presence } from './presence.service.js';

/** Here and not beside the messages, for it shows who is there. */
@ApiTags('Messages')
@Controller('v1/contacts')
@UserOnly()
export class ContactsController {
  constructor(
    private readonly contacts: Contacts,
    private readonly acquaintances: Acquaintances,
    private readonly presence: Presence,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Whom one can write to',
    description:
      'Those with whom there are messages, the newest first, with the last message and what is unread; who is there only of those who have written, too, and to whom one has written. A `query` that is exactly the username or e-mail of somebody else finds them as well, 30 times in ten minutes. With `DIRECTORY=everyone`: everybody else, newest people first, of the locked only those with whom there are messages. With `DIRECTORY=off`: nobody else.',
  })
  @ApiOkResponse({ type: ContactListView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(429, 'too_many_requests')
  async list(
    @CurrentSession() { user }: Caller,
    @Query() { query, limit, cursor }: ContactQuery,
  ): Promise<ContactListView> {
    const asked = { text: query ?? null, before: decodeCursor(cursor), limit };
    const { found, next } = await this.contacts.list(user.id, asked);
    const ids = found.filter(({ lastMessage }) => lastMessage !== null).map((contact) => contact.user.id);
    const seen = await this.presence.of(await this.acquaintances.close(user.id, ids));
    return {
      items: found.map((contact) => toContactView(contact, seen.get(contact.user.id))),
      nextCursor: next && encodeCursor(next),
    };
  }
}
