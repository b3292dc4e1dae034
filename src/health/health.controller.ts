import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { ApiProblem, StoreUnavailableError } from '../common/index.js';
import { StoreHealth } from '../storage/index.js';

class HealthView {
  @ApiProperty({ example: 'ok' }) status!: string;
}

const OK: HealthView = { status: 'ok' };

@ApiTags('Health')
@ApiSecurity({})
@Controller('health')
export class HealthController {
  constructor(private readonly store: StoreHealth) {}

  @Get('live')
  @ApiOperation({ summary: 'The process answers' })
  @ApiOkResponse({ type: HealthView })
  live(): HealthView {
    return OK;
  }

  @Get('ready')
  @ApiOperation({ summary: 'The store answers too' })
  @ApiOkResponse({ type: HealthView })
  @ApiProblem(503, 'store_unavailable')
  async ready(): Promise<HealthView> {
    await this.store.check().catch((error: unknown) => {
      throw new StoreUnavailableError(error);
    });
    return OK;
  }
}
