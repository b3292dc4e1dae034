import { describe, expect, it } from '@jest/globals';
import { connectionOptions } from './mongo-connection.js';

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
});
