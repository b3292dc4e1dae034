import { AppError } from '../common/index.js';

export class DeviceNotFoundError extends AppError {
  constructor() {
    super('device_not_found', 'missing', 'There is no such device.');
  }
}
