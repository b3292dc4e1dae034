import { AppError } from '../common/index.js';

export class ExportNotFoundError extends AppError {
  constructor() {
    super('export_not_found', 'missing', 'No export waits.');
  }
}
