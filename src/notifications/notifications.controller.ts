import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem, decodeCursor, toPage, IdPipe } from '../common/index.js';
import { MarkNotificationDto, NotificationListQuery } from './notification.dto.js';
import { NotificationListView, NotificationView, toNotificationView } from './notification.view.js';
import { NotificationsService } from './notifications.service.js';

@ApiTags('Notifications')
@Controller('v1/notifications')
@UserOnly()
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Get()
  @ApiOperation({ summary: 'The inbox, newest first' })
  @ApiOkResponse({ type: NotificationListView })
  @ApiProblem(400, 'validation_failed')
  async list(
    @CurrentSession() { session }: Caller,
    @Query() { unread: unreadOnly, limit, cursor }: NotificationListQuery,
  ): Promise<NotificationListView> {
    const query = { unreadOnly, limit, before: decodeCursor(cursor) };
    const { found, unread } = await this.notifications.list(session.userId, query);
    return { ...toPage(found, limit, toNotificationView), unread };
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Mark as read or unread',
    description: 'Not from the device that the notice warns of, nor from one with a lower standing.',
  })
  @ApiOkResponse({ type: NotificationView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(403, 'fresh_proof_required')
  @ApiProblem(404, 'notification_not_found')
  @ApiProblem(409, 'notification_about_this_session')
  async mark(
    @CurrentSession() { session }: Caller,
    @Param('id', IdPipe) id: string,
    @Body() { read }: MarkNotificationDto,
  ): Promise<NotificationView> {
    return toNotificationView(await this.notifications.setRead(session, id, read));
  }

  @Post('read-all')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Mark all as read',
    description: 'Passes over those that warn of the device that asks, and of devices with a higher standing.',
  })
  @ApiNoContentResponse()
  async markAll(@CurrentSession() { session }: Caller): Promise<void> {
    await this.notifications.setAllRead(session);
  }
}
