import mongoose from 'mongoose';
import { StoreUnavailableError } from '../../common/index.js';
import { asUnavailable } from './mongo-errors.js';

const driver = mongoose.mongo;
const primaryGone = { code: 11602, errmsg: 'the primary has changed' };

const answer = (code: number, codeName: string) => new driver.MongoServerError({ ok: 0, code, codeName });
const bulk = (error: object) => new driver.MongoBulkWriteError(error as never, {} as never);

const OUT_OF_REACH: [what: string, error: Error][] = [
  ...(
    [
      [6, 'HostUnreachable'],
      [7, 'HostNotFound'],
      [24, 'LockTimeout'],
      [43, 'CursorNotFound'],
      [46, 'LockBusy'],
      [50, 'MaxTimeMSExpired'],
      [64, 'WriteConcernFailed'],
      [89, 'NetworkTimeout'],
      [91, 'ShutdownInProgress'],
      [112, 'WriteConflict'],
      [133, 'FailedToSatisfyReadPreference'],
      [134, 'ReadConcernMajorityNotAvailableYet'],
      [189, 'PrimarySteppedDown'],
      [202, 'NetworkInterfaceExceededTimeLimit'],
      [262, 'ExceededTimeLimit'],
      [8000, 'AtlasError'],
      [9001, 'SocketException'],
      [10058, 'LegacyNotPrimary'],
      [10107, 'NotWritablePrimary'],
      [11600, 'InterruptedAtShutdown'],
      [11601, 'Interrupted'],
      [11602, 'InterruptedDueToReplStateChange'],
      [13435, 'NotPrimaryNoSecondaryOk'],
      [13436, 'NotPrimaryOrSecondary'],
      [14031, 'OutOfDiskSpace'],
    ] as const
  ).map(([code, name]): [string, Error] => [`a server that answers ${name}`, answer(code, name)]),
  [
    'a write that too few members confirm',
    new driver.MongoWriteConcernError({ ok: 1, writeConcernError: primaryGone }),
  ],
  ['a connection that breaks', new driver.MongoNetworkError('connection closed')],
  ['a set without a primary', new driver.MongoServerSelectionError('no primary', {} as never)],
  ['a bulk write to a set without a primary', bulk(new driver.MongoServerSelectionError('no primary', {} as never))],
  ['a bulk write that the primary breaks off', bulk(answer(10107, 'NotWritablePrimary'))],
  ['a bulk write that too few members confirm', bulk({ code: 11602, message: primaryGone.errmsg })],
  ['a connection that is not open', new driver.MongoNotConnectedError('not connected')],
  ['a client that is closed', new driver.MongoClientClosedError()],
  ['a server that is no longer watched', new driver.MongoServerClosedError()],
  ['a set that is no longer watched', new driver.MongoTopologyClosedError()],
  ['a socket that breaks while something is written', Object.assign(new Error('write EPIPE'), { syscall: 'write' })],
];

const FAULTS_OF_OURS: [what: string, error: Error][] = [
  ['a command that is not valid', answer(9, 'FailedToParse')],
  ['a command that is not allowed', answer(13, 'Unauthorized')],
  ['a key that is there', answer(11000, 'DuplicateKey')],
  ['a bulk write with a key that is there', bulk(answer(11000, 'DuplicateKey'))],
  ['a call that the driver refuses', new driver.MongoInvalidArgumentError('limit must be a number')],
  ['an option that the driver cannot read', new driver.MongoParseError('unknown option')],
  ['a server too old for the call', new driver.MongoCompatibilityError('not supported')],
  ['an error in our own code', new TypeError('undefined is not a function')],
];

describe('errors of MongoDB', () => {
  it.each(OUT_OF_REACH)('say that the store is out of reach: %s', async (_, error) => {
    await expect(asUnavailable(Promise.reject(error))).rejects.toThrow(StoreUnavailableError);
  });

  it.each(FAULTS_OF_OURS)('stay what they are: %s', async (_, error) => {
    await expect(asUnavailable(Promise.reject(error))).rejects.toBe(error);
  });
});
