import type { ClaimCode } from '../../../src/auth/index.js';
import { at, NOW } from '../../support/records.js';
import { openTwice, type TestStorage } from '../../support/storage.js';
import { ENGINES } from '../../support/stores.js';

const CODE: ClaimCode = {
  requestHash: 'request-one',
  contactHash: 'contact-one',
  hash: '$argon2id$one',
  triesLeft: 5,
  expiresAt: at(300),
};

describe.each(ENGINES)('%s: claim code store', (engine) => {
  let close: () => Promise<void>;
  let one: TestStorage;
  let two: TestStorage;
  beforeEach(async () => {
    ({ one, two, close } = await openTwice(engine));
  });
  afterEach(() => close());

  it('returns what was added, whole, and counts each try', async () => {
    await one.claimCodes.add(CODE, NOW);
    expect(await two.claimCodes.countTry(CODE.requestHash, NOW)).toEqual(CODE);
    expect(await one.claimCodes.countTry(CODE.requestHash, at(299))).toEqual({ ...CODE, triesLeft: 4 });
  });

  it('gives as many tries as there are, however many race from two processes', async () => {
    await one.claimCodes.add(CODE, NOW);
    const racing = Array.from({ length: 20 }, (_, index) =>
      (index % 2 ? one : two).claimCodes.countTry(CODE.requestHash, NOW),
    );
    expect((await Promise.all(racing)).filter(Boolean)).toHaveLength(5);
  });

  it('returns null for an unknown request, for an expired code, and for one that was dropped', async () => {
    await one.claimCodes.add(CODE, NOW);
    expect(await two.claimCodes.countTry('request-two', NOW)).toBeNull();
    expect(await two.claimCodes.countTry(CODE.requestHash, at(300))).toBeNull();
    await one.claimCodes.drop(CODE.requestHash);
    expect(await two.claimCodes.countTry(CODE.requestHash, NOW)).toBeNull();
    await one.claimCodes.drop(CODE.requestHash);
  });

  it('drops expired codes with the next one', async () => {
    await one.claimCodes.add(CODE, NOW);
    await one.claimCodes.add({ ...CODE, requestHash: 'request-two', expiresAt: at(900) }, at(300));
    // Had it stayed, its request could not be added again.
    await one.claimCodes.add({ ...CODE, expiresAt: at(900) }, at(301));
    for (const requestHash of [CODE.requestHash, 'request-two'])
      expect(await two.claimCodes.countTry(requestHash, at(301))).toMatchObject({ requestHash, triesLeft: 5 });
  });
});
