import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly, asAdmin, CurrentSession, type Caller } from '../auth/index.js';
import { ApiProblem, decodeCursor, PageQuery, toPage, IdPipe } from '../common/index.js';
import {
  CreateWebhookDto,
  DeliveryListQuery,
  DeliveryListView,
  EditWebhookDto,
  toDeliveryView,
  toWebhookView,
  toWebhookWithSecretView,
  WebhookListView,
  WebhookView,
  WebhookWithSecretView,
} from './webhook.dto.js';
import { WebhookDeliveries } from './webhook-deliveries.service.js';
import { WebhooksService } from './webhooks.service.js';

@ApiTags('Admin')
@Controller('v1/admin/webhooks')
@AdminOnly()
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly deliveries: WebhookDeliveries,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Register a webhook',
    description: 'Signed as Standard Webhooks. The secret is shown in this answer alone.',
  })
  @ApiCreatedResponse({ type: WebhookWithSecretView })
  @ApiProblem(400, 'validation_failed')
  async register(@Body() given: CreateWebhookDto, @CurrentSession() caller: Caller): Promise<WebhookWithSecretView> {
    return toWebhookWithSecretView(await this.webhooks.register(given, asAdmin(caller)));
  }

  @Get()
  @ApiOperation({ summary: 'All webhooks, newest first' })
  @ApiOkResponse({ type: WebhookListView })
  @ApiProblem(400, 'validation_failed')
  async list(@Query() { limit, cursor }: PageQuery): Promise<WebhookListView> {
    const found = await this.webhooks.list({ before: decodeCursor(cursor), limit: limit + 1 });
    return toPage(found, limit, toWebhookView);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One webhook' })
  @ApiOkResponse({ type: WebhookView })
  @ApiProblem(404, 'webhook_not_found')
  async get(@Param('id', IdPipe) id: string): Promise<WebhookView> {
    return toWebhookView(await this.webhooks.get(id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change address, events, or whether it is on' })
  @ApiOkResponse({ type: WebhookView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(404, 'webhook_not_found')
  async edit(
    @Param('id', IdPipe) id: string,
    @Body() patch: EditWebhookDto,
    @CurrentSession() caller: Caller,
  ): Promise<WebhookView> {
    return toWebhookView(await this.webhooks.edit(id, patch, asAdmin(caller)));
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @ApiOperation({
    summary: 'A new secret',
    description: 'Signs from now on, also what was waiting. For a day the old one signs, too.',
  })
  @ApiOkResponse({ type: WebhookWithSecretView })
  @ApiProblem(404, 'webhook_not_found')
  async rotateSecret(
    @Param('id', IdPipe) id: string,
    @CurrentSession() caller: Caller,
  ): Promise<WebhookWithSecretView> {
    return toWebhookWithSecretView(await this.webhooks.rotateSecret(id, asAdmin(caller)));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove, with all that waits for it' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'webhook_not_found')
  async remove(@Param('id', IdPipe) id: string, @CurrentSession() caller: Caller): Promise<void> {
    await this.webhooks.remove(id, asAdmin(caller));
  }

  @Get(':id/deliveries')
  @ApiOperation({ summary: 'What was given up, or still waits, newest first' })
  @ApiOkResponse({ type: DeliveryListView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(404, 'webhook_not_found')
  async listDeliveries(
    @Param('id', IdPipe) id: string,
    @Query() { state, limit, cursor }: DeliveryListQuery,
  ): Promise<DeliveryListView> {
    const query = { state, before: decodeCursor(cursor), limit: limit + 1 };
    return toPage(await this.deliveries.list(id, query), limit, toDeliveryView);
  }

  @Post(':id/deliveries/:deliveryId/redeliver')
  @HttpCode(204)
  @ApiOperation({ summary: 'Send a dead delivery again, with all its tries' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'webhook_not_found, delivery_not_found')
  async redeliver(
    @Param('id', IdPipe) id: string,
    @Param('deliveryId', IdPipe) deliveryId: string,
    @CurrentSession() caller: Caller,
  ): Promise<void> {
    await this.deliveries.redeliver(id, deliveryId, asAdmin(caller));
  }
}
