import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../common/index.js';
import { MetricsGuard } from './metrics.guard.js';
import { Metrics } from './metrics.service.js';

@ApiTags('Health')
@Controller('metrics')
@UseGuards(MetricsGuard)
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: 'For Prometheus', description: 'No personal data. Asks for METRICS_TOKEN where it is set.' })
  @ApiSecurity({})
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string', example: 'oneseat_live_sessions 12' } })
  @ApiProblem(401, 'metrics_token_required')
  read(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
