import mongoose from 'mongoose';
import { StoreUnavailableError } from '../../common/index.js';

const { MongoAPIError, MongoBulkWriteError, MongoError, MongoParseError, MongoServerError } = mongoose.mongo;
const { MongoClientClosedError, MongoExpiredSessionError, MongoNotConnectedError } = mongoose.mongo;
const { MongoServerClosedError, MongoTopologyClosedError } = mongoose.mongo;

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === 11000;
}

/** The server has not answered in time: what it was asked to do may still come about. */
class OperationTimeoutError extends Error {}

/** One operation may take this long, in ms: a request makes a few, and is answered within 3 s of a silent server. */
export const OPERATION_TIMEOUT = 900;

/** What a server answers that cannot do its work just now, or does not know whether it is done. By the names in MongoDB's `error_codes.yml`. */
const NOT_NOW = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  24, // LockTimeout
  43, // CursorNotFound: the server that kept it has started anew
  46, // LockBusy
  50, // MaxTimeMSExpired
  64, // WriteConcernFailed
  89, // NetworkTimeout
  91, // ShutdownInProgress
  112, // WriteConflict
  133, // FailedToSatisfyReadPreference
  134, // ReadConcernMajorityNotAvailableYet
  189, // PrimarySteppedDown
  202, // NetworkInterfaceExceededTimeLimit
  262, // ExceededTimeLimit
  8000, // AtlasError
  9001, // SocketException
  10058, // LegacyNotPrimary
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11601, // Interrupted
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
  14031, // OutOfDiskSpace
]);

/** The driver counts these among wrong calls of it, but they say that a connection is gone. */
const CLOSED = [
  MongoClientClosedError,
  MongoExpiredSessionError,
  MongoNotConnectedError,
  MongoServerClosedError,
  MongoTopologyClosedError,
];

/** A server out of reach, or one that cannot answer now. Whatever else a server answers is a fault of ours. */
export function isUnreachable(error: unknown): boolean {
  // What stopped a bulk write comes wrapped, also where no server said it.
  if (error instanceof MongoBulkWriteError && error.errorResponse instanceof MongoError)
    return isUnreachable(error.errorResponse);
  if (error instanceof MongoServerError)
    return error.hasErrorLabel('RetryableWriteError') || NOT_NOW.has(Number(error.code));
  if (error instanceof MongoAPIError) return CLOSED.some((kind) => error instanceof kind);
  if (error instanceof MongoParseError) return false;
  if (error instanceof MongoError || error instanceof OperationTimeoutError) return true;
  // Mongoose's own, and Node's of a socket that broke while something was written to it.
  return error instanceof Error && (error.name === 'MongooseError' || 'syscall' in error);
}

/** Waits for one operation. Throws what `isUnreachable` knows where no answer comes in time. */
export async function inTime<T>(operation: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OperationTimeoutError('no answer in time')), OPERATION_TIMEOUT);
  });
  try {
    return await Promise.race([operation, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for one operation. Throws `StoreUnavailableError` where the server is out of reach. */
export function reachable<T>(operation: PromiseLike<T>): Promise<T> {
  return asUnavailable(inTime(operation));
}

/** The driver's words for a server out of reach become ours. Without `inTime` for what may take long at a start, where no request waits. */
export async function asUnavailable<T>(work: PromiseLike<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isUnreachable(error) ? new StoreUnavailableError(error) : error;
  }
}
