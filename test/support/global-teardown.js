import mongoose from 'mongoose';

/** Drops the databases that tests have left on a MongoDB that others may use, too. `stores.ts` names them. */
export default async function globalTeardown() {
  const { TEST_TIER, TEST_MONGODB_URI } = process.env;
  if ((TEST_TIER ?? 'quick') === 'quick' || !TEST_MONGODB_URI) return;
  const connection = await mongoose.createConnection(TEST_MONGODB_URI).asPromise();
  const { databases } = await connection.listDatabases();
  for (const { name } of databases) if (name.startsWith('oneseat-test-')) await connection.useDb(name).dropDatabase();
  await connection.close();
}
