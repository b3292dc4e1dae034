import { v7 as uuidv7 } from 'uuid';
import { Policies, type PolicyScope, type SessionPolicy } from '../../../src/sessions/index.js';
import { toConfig } from '../../../src/config/index.js';
import { POLICY } from '../../support/records.js';
import { openTwice, type TestStorage } from '../../support/storage.js';
import { ENGINES } from '../../support/stores.js';

describe.each(ENGINES)('%s: policy store', (engine) => {
  let close: () => Promise<void>;
  /** Two processes on one store. */
  let one: TestStorage;
  let two: TestStorage;
  beforeAll(async () => {
    ({ one, two, close } = await openTwice(engine));
  });
  afterAll(() => close());

  const aScope = (): PolicyScope => `user:${uuidv7()}`;
  const limitedTo = (limit: number | null): SessionPolicy => ({ ...POLICY, limit });

  it('keeps a whole policy, also one without a limit', async () => {
    const policy: SessionPolicy = { limit: null, per: 'device-class', onLimit: 'ask', idleTimeout: 1, maxAge: 2 };
    const scope = aScope();
    await one.policies.put(scope, policy);
    expect([...(await two.policies.list([scope]))]).toEqual([[scope, policy]]);
  });

  it('lists what is stored of the scopes asked for, and nothing else', async () => {
    const [mine, theirs, none] = [aScope(), aScope(), aScope()];
    await one.policies.put(mine, limitedTo(2));
    await one.policies.put(theirs, limitedTo(3));
    expect([...(await one.policies.list([none, mine, 'role:admin', 'global'])).keys()]).toEqual([mine]);
    expect((await one.policies.list([])).size).toBe(0);
  });

  it('puts one in place of the one before', async () => {
    const scope = aScope();
    await one.policies.put(scope, limitedTo(2));
    await two.policies.put(scope, { ...limitedTo(null), onLimit: 'refuse' });
    expect((await one.policies.list([scope])).get(scope)).toEqual({ ...limitedTo(null), onLimit: 'refuse' });
  });

  it('removes one, and again none', async () => {
    const scope = aScope();
    await one.policies.put(scope, limitedTo(2));
    await two.policies.remove(scope);
    await two.policies.remove(scope);
    expect((await one.policies.list([scope])).size).toBe(0);
  });

  it('keeps one of them whole where two processes race', async () => {
    const scope = aScope();
    const given = Array.from({ length: 20 }, (_, i) => ({ ...POLICY, limit: i + 1, idleTimeout: i + 1 }));
    await Promise.all(given.map((policy, i) => (i % 2 ? one : two).policies.put(scope, policy)));
    const kept = (await one.policies.list([scope])).get(scope);
    expect(given).toContainEqual(kept);
  });

  it('is read at each login: the user wins over the role of the commit, over everybody, over the environment', async () => {
    const userId = uuidv7();
    const policies = new Policies(two.policies, toConfig({ SESSION_LIMIT: '9' }));
    const limits = async () => {
      const policyOf = await policies.forLogin(userId);
      return [policyOf('user').limit, policyOf('admin').limit];
    };
    expect(await limits()).toEqual([9, 9]);
    await one.policies.put('global', limitedTo(2));
    expect(await limits()).toEqual([2, 2]);
    await one.policies.put('role:admin', limitedTo(3));
    expect(await limits()).toEqual([2, 3]);
    await one.policies.put(`user:${userId}`, limitedTo(4));
    expect(await limits()).toEqual([4, 4]);
    await one.policies.remove(`user:${userId}`);
    await one.policies.remove('global');
    expect(await limits()).toEqual([9, 3]);
    await one.policies.remove('role:admin');
  });
});
