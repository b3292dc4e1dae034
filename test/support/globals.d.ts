// What jest-circus puts on the global object for a test file.
import type * as jest from '@jest/globals';

declare global {
  const describe: typeof jest.describe;
  const it: typeof jest.it;
  const expect: typeof jest.expect;
  const beforeAll: typeof jest.beforeAll;
  const beforeEach: typeof jest.beforeEach;
  const afterAll: typeof jest.afterAll;
  const afterEach: typeof jest.afterEach;
}
