import { AppError } from '../common/index.js';

/** Whoever holds the session that a notice warns of may not turn it against the others. */
export class OwnReportError extends AppError {
  constructor() {
    super('notification_about_this_session', 'conflict', 'This notice is about the device that asks; use another one.');
  }
}

/** There is nobody to shut out. */
export class NotReportableError extends AppError {
  constructor() {
    super('not_reportable', 'conflict', 'This notice does not warn of a login.');
  }
}

export class InvalidReportLinkError extends AppError {
  constructor() {
    super('invalid_report_link', 'missing', 'This link is not one of ours.');
  }
}

export class StaleReportLinkError extends AppError {
  constructor() {
    super('report_link_stale', 'gone', 'This link has been used, or is too old.');
  }
}
