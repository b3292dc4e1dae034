import { Module } from '@nestjs/common';
import { ReportLinks } from './report-links.service.js';
import { ReportPageController } from './report-page.controller.js';
import { ReportedNotices } from './reported-notices.service.js';
import { ReportsController } from './reports.controller.js';
import { TakeoverReports } from './takeover-reports.service.js';
import { ReportsService } from './reports.service.js';

/** "This wasn't me." */
@Module({
  controllers: [ReportsController, ReportPageController],
  providers: [ReportLinks, ReportedNotices, ReportsService, TakeoverReports],
  exports: [ReportLinks],
})
export class ReportsModule {}
