import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem, decodeCursor, PageQuery, toPage, IdPipe } from '../common/index.js';
import { RenameDeviceDto } from './device.dto.js';
import { DeviceListView, DeviceView, toDeviceView } from './device.view.js';
import { DevicesService } from './devices.service.js';

@ApiTags('Devices')
@Controller('v1/devices')
@UserOnly()
export class DevicesController {
  constructor(private readonly devices: DevicesService) {}

  @Get()
  @ApiOperation({ summary: 'Own devices, the one seen last first', description: 'An account has at most 200.' })
  @ApiOkResponse({ type: DeviceListView })
  @ApiProblem(400, 'validation_failed')
  async list(@CurrentSession() { session }: Caller, @Query() { limit, cursor }: PageQuery): Promise<DeviceListView> {
    const found = await this.devices.list(session.userId, { limit, before: decodeCursor(cursor) });
    return toPage(found, limit, (row) => toDeviceView(row, session.id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Name a device' })
  @ApiOkResponse({ type: DeviceView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(404, 'device_not_found')
  async rename(
    @CurrentSession() { session }: Caller,
    @Param('id', IdPipe) id: string,
    @Body() { name }: RenameDeviceDto,
  ): Promise<DeviceView> {
    return toDeviceView(await this.devices.rename(session, id, name), session.id);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Forget a device',
    description:
      'Ends its sessions. A device stays known if the asking one has a lower standing, or if it is blocked. To forget the own device takes a proof younger than five minutes.',
  })
  @ApiNoContentResponse()
  @ApiProblem(400, 'bad_request')
  @ApiProblem(404, 'device_not_found')
  async forget(@CurrentSession() { session }: Caller, @Param('id', IdPipe) id: string): Promise<void> {
    await this.devices.forget(session, id);
  }
}
