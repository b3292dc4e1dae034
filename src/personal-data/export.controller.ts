import { Controller, Get, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { CurrentSession, FreshlyProved, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem } from '../common/index.js';
import { PersonalDataExport } from './export.service.js';

const FILE = { type: 'application/json', disposition: 'attachment; filename="oneseat-export.json"' };

@ApiTags('Users')
@Controller('v1/users/me/export')
@UserOnly()
export class ExportController {
  constructor(private readonly personalData: PersonalDataExport) {}

  @Get()
  @FreshlyProved()
  @ApiOperation({
    summary: 'What is kept of oneself, as a JSON file',
    description:
      'Without the audit record; pictures by their addresses. Five times an hour. One that breaks off, because the session ends perhaps, is no JSON: ask again.',
  })
  @ApiOkResponse({
    schema: {
      type: 'object',
      properties: { exportedAt: { type: 'string', format: 'date-time' }, profile: { type: 'object' } },
      additionalProperties: true,
    },
  })
  @ApiProblem(429, 'too_many_requests')
  @ApiProblem(503, 'store_unavailable')
  async download(@CurrentSession() { session }: Caller): Promise<StreamableFile> {
    return new StreamableFile(
      Readable.from(await this.personalData.start({ userId: session.userId, sessionId: session.id })),
      FILE,
    );
  }
}
