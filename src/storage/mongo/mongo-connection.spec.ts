import mongoose from 'mongoose';
import { UnfitStoreError } from '../unfit-store.error.js';
import { connectionOptions, refuseUselessUri } from './mongo-connection.js';

describe('the database of MONGODB_URI', () => {
  it.each([
    'mongodb://127.0.0.1:27017',
    'mongodb://127.0.0.1:27017/',
    'mongodb://one:27017,two:27017/?replicaSet=rs0',
    'mongodb://one?replicaSet=rs0',
    'mongodb://user:p%2Fss@[::1]:27017/?authSource=admin',
    'mongodb+srv://user:pass@cluster0.abcde.mongodb.net/?retryWrites=true',
  ])('is oneseat where it names none: %s', (uri) => {
    expect(connectionOptions(uri).dbName).toBe('oneseat');
  });

  it.each([
    'mongodb://127.0.0.1:27017/test',
    'mongodb://one:27017,two:27017/exams?replicaSet=rs0',
    'mongodb://user:p%2Fss@[::1]:27017/exams?appName=a/b',
    'mongodb+srv://user:pass@cluster0.abcde.mongodb.net/exams',
  ])('is the one that it names: %s', (uri) => {
    expect(connectionOptions(uri)).not.toHaveProperty('dbName');
  });

  it.each(['admin', 'local', 'config', 'a.b', 'a$b', 'a b', 'a/b'])('is not %s', (name) => {
    const open = () => connectionOptions(`mongodb://user:secret@mongo.internal/${name}?replicaSet=rs0`);
    expect(open).toThrow(UnfitStoreError);
    expect(open).toThrow(/^MONGODB_URI must name a database of its own: (?!.*(?:secret|internal))/);
  });
});

describe('the journal', () => {
  it.each(['journal=false', 'j=false', 'fsync=false', 'w=0&Journal=no', 'journal='])(
    'is not switched off by %s',
    (option) => {
      const open = () => connectionOptions(`mongodb://user:secret@mongo.internal/exams?${option}`);
      expect(open).toThrow(UnfitStoreError);
      expect(open).toThrow(/^MONGODB_URI must not switch the journal off: (?!.*(?:secret|internal))/);
    },
  );

  it('may be asked for', () => {
    expect(connectionOptions('mongodb://127.0.0.1/exams?journal=true&w=1')).not.toHaveProperty('dbName');
  });
});

describe('a MONGODB_URI that can never work', () => {
  it.each([
    ['mongodb://asha:s3cret@127.0.0.1:1/exams?nonsense=1', 'option nonsense is not supported'],
    ['mongodb://asha:s3cret@more@127.0.0.1:1/exams', 'MONGODB_URI cannot be used'],
    ['mongodb://asha:s3%cret@127.0.0.1:1/exams', 'MONGODB_URI cannot be used'],
    ['mongodb://127.0.0.1:s3cret/exams', 'MONGODB_URI cannot be used'],
  ])('is refused in one line that shows nothing secret: %s', async (uri, line) => {
    const refusal: unknown = await refuseUselessUri(uri).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UnfitStoreError);
    expect((refusal as Error).message).toContain(line);
    expect((refusal as Error).message).not.toMatch(/s3|asha|127\.0\.0\.1|\n/);
  });

  it('is not one whose server cannot be reached now', async () => {
    await refuseUselessUri('mongodb://127.0.0.1:1/exams?serverSelectionTimeoutMS=100');
  });

  it('weakens no write', () => {
    const uri = 'mongodb://127.0.0.1:1/exams?w=1&retryWrites=false';
    const { options } = new mongoose.mongo.MongoClient(uri, driverOptions(connectionOptions(uri)));
    expect(options).toMatchObject({ writeConcern: { w: 'majority', journal: true }, retryWrites: true });
  });
});

/** Without what is Mongoose's own. */
function driverOptions({ writeConcern, retryWrites }: ReturnType<typeof connectionOptions>) {
  return { writeConcern, retryWrites } as mongoose.mongo.MongoClientOptions;
}
