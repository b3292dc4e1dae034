import { AppError } from '../common/index.js';

export class NotificationNotFoundError extends AppError {
  constructor() {
    super('notification_not_found', 'missing', 'There is no such notification.');
  }
}

/** The device that a notice warns of may not silence it, in whatever session. */
export class OwnNotificationError extends AppError {
  constructor() {
    super('notification_about_this_session', 'conflict', 'This notice is about the device that asks; use another one.');
  }
}
