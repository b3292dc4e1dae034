import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem, decodeCursor, encodeCursor } from '../common/index.js';
import { Contacts } from '../messages/index.js';
import { ContactListView, ContactQuery, toContactView } from './contact.view.js';
import { Presence } from './presence.service.js';

/** Here and not beside the messages, for it shows who is there. */
@ApiTags('Messages')
@Controller('v1/contacts')
@UserOnly()
export class ContactsController {
  constructor(
    private readonly contacts: Contacts,
    private readonly presence: Presence,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Whom one can write to, newest people first',
    description:
      'Everybody else, of the locked only those with whom there are messages, with the last message, what is unread, and who is there.',
  })
  @ApiOkResponse({ type: ContactListView })
  @ApiProblem(400, 'validation_failed')
  async list(
    @CurrentSession() { user }: Caller,
    @Query() { query, limit, cursor }: ContactQuery,
  ): Promise<ContactListView> {
    const asked = { text: query ?? null, before: decodeCursor(cursor), limit };
    const { found, next } = await this.contacts.list(user.id, asked);
    const seen = await this.presence.of(found.map((contact) => contact.user.id));
    return {
      items: found.map((contact) => toContactView(contact, seen.get(contact.user.id))),
      nextCursor: next && encodeCursor(next),
    };
  }
}
