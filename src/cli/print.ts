import { isEnded, type EndedSession, type Session } from '../accounts/index.js';
import { AppError } from '../common/index.js';
import { EnvironmentError } from '../config/index.js';
import { UnfitStoreError } from '../storage/index.js';

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** One line, columns by tabs: for people, and for `cut`. */
export function describeSession(session: Session | EndedSession): string {
  const { id, device, ip, createdAt, lastSeenAt } = session;
  const state = isEnded(session) ? session.endReason : 'live';
  return [id, state, device.name, ip, createdAt.toISOString(), lastSeenAt.toISOString()].map(printable).join('\t');
}

/** What is said of an error: what was thrown on purpose in its own words, anything else by its name and message. */
export function describeError(error: unknown): string {
  if (error instanceof EnvironmentError || error instanceof UnfitStoreError) return error.message;
  if (!(error instanceof AppError)) return String(error);
  const fields = (error.options.details?.errors ?? []) as { field: string; message: string }[];
  return [error.message, ...fields.map(({ field, message }) => `  - ${field}: ${message}`)].join('\n');
}

/** A device's name comes from outside: it may not steer the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');
}
