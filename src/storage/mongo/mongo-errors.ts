import mongoose from 'mongoose';
import { StoreUnavailableError } from '../../common/index.js';

const { MongoError, MongoServerError } = mongoose.mongo;

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === 11000;
}

/** The server has not answered in time: what it was asked to do may still come about. */
class OperationTimeoutError extends Error {}

/** One operation may take this long, in ms: a request makes a few, and is answered within 3 s of a silent server. */
export const OPERATION_TIMEOUT = 900;

/** The server answered: what it refused is a fault of ours. Everything else of the driver's is a server out of reach. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof MongoServerError) return error.hasErrorLabel('RetryableWriteError');
  if (error instanceof OperationTimeoutError) return true;
  return error instanceof MongoError || (error instanceof Error && error.name === 'MongooseError');
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

/** The driver's words for a server out of reach become ours. */
export async function asUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isUnreachable(error) ? new StoreUnavailableError(error) : error;
  }
}
