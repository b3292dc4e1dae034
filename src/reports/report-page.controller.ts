import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { PAGE, SCRIPT } from './report.page.js';

/** Where the link in a mail leads. It asks first, for mail scanners open every link. */
@ApiExcludeController()
@Controller()
export class ReportPageController {
  @Get('report')
  @Header('Content-Type', 'text/html; charset=utf-8')
  page(): string {
    return PAGE;
  }

  @Get('report.js')
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  script(): string {
    return SCRIPT;
  }
}
