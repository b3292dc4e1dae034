import { AppError } from '../common/index.js';

export class BackupError extends AppError {
  constructor(message: string, cause?: unknown) {
    super('backup_failed', 'conflict', message, { cause });
  }
}

/** Work on a store as a whole, beside the servers that run on it. Opens what it needs, migrates nothing, and closes it again. */
export abstract class StoreMaintenance {
  /** Writes a consistent copy to a new file. Throws `BackupError`; a file that is there is never overwritten. */
  abstract backUp(file: string): Promise<void>;

  /** What is wrong with the store, in words for its operator; nothing where it is sound. */
  abstract findFaults(): Promise<string[]>;

  /** What its operator may want to know of, and is no fault. */
  abstract findNotes(): Promise<string[]>;
}

/** Of the record of two accounts that had one e-mail, spelt in two ways. */
export function collisionNote(userId: string, keptById: string, at: Date): string {
  return `user ${userId} lost their e-mail at ${at.toISOString()}: user ${keptById} has the same one in another spelling`;
}
