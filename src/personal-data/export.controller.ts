import {
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  MethodNotAllowedException,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { CurrentSession, Deliberate, FreshlyProved, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem } from '../common/index.js';
import { PersonalDataExport } from './export.service.js';

const FILE = { type: 'application/json', disposition: 'attachment; filename="oneseat-export.json"' };

/** An export that waits. */
class ExportWaitsView {
  @ApiProperty({ format: 'date-time', description: 'When to ask again.' }) availableAt!: string;
}

@ApiTags('Users')
@Controller('v1/users/me/export')
@UserOnly()
export class ExportController {
  constructor(private readonly personalData: PersonalDataExport) {}

  // It is counted, told and recorded, and may use up one that has waited.
  @Get()
  @Deliberate()
  @FreshlyProved('cross_origin, host_not_allowed or fresh_proof_required')
  @ApiOperation({
    summary: 'What is kept of oneself, as a JSON file',
    description:
      'Without the audit record; pictures by their addresses. Five times an hour. One that breaks off, because the session ends perhaps, is no JSON: ask again. On a device that is not settled, without a code to a settled channel, it waits 14 days: 202. Every channel is told, and any login of a settled device cancels it; in the 30 days after that only `code` and `settled_device` are accepted. No link of another site, and no `HEAD`, exports anything.',
  })
  @ApiOkResponse({
    schema: {
      type: 'object',
      properties: { exportedAt: { type: 'string', format: 'date-time' }, profile: { type: 'object' } },
      additionalProperties: true,
    },
  })
  @ApiAcceptedResponse({ type: ExportWaitsView })
  @ApiProblem(429, 'too_many_requests')
  @ApiProblem(503, 'store_unavailable')
  async download(
    @CurrentSession() { session }: Caller,
    @Req() { method }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | ExportWaitsView> {
    if (method === 'HEAD') {
      reply.header('allow', 'GET, DELETE');
      throw new MethodNotAllowedException();
    }
    const begun = await this.personalData.start(session);
    if (!('availableAt' in begun)) return new StreamableFile(Readable.from(begun), FILE);
    reply.status(HttpStatus.ACCEPTED);
    return { availableAt: begun.availableAt.toISOString() };
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Cancel an export that waits', description: 'Any session of the person may.' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'export_not_found')
  @ApiProblem(503, 'busy or store_unavailable')
  async cancel(@CurrentSession() { session }: Caller): Promise<void> {
    await this.personalData.cancel(session);
  }
}
