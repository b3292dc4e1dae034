import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { identifierKey, IdentifierTakenError } from '../../../src/accounts/index.js';
import { StoreUnavailableError } from '../../../src/common/index.js';
import type { IdentifierDocument } from '../../../src/storage/mongo/mongo-account-schemas.js';
import {
  aName,
  anAccount,
  aSession,
  counting,
  created,
  ending,
  setting,
  starting,
  storedAccount,
} from '../../support/records.js';
import { breakNextCommit, breakReads, silenceUpdate } from '../../support/faults.js';
import { leaveClaim, leavePending, usersOf } from '../../support/mongo-model.js';
import { openTwice, type TestStorage } from '../../support/storage.js';
import { ENGINES } from '../../support/stores.js';

const MINUTE = 60_000;

const arriving = async (send: () => Promise<unknown>) => {
  await send();
};

/** What only the protocol on MongoDB has to withstand: claims of dead processes, and commits whose answer is lost. */
(ENGINES.includes('mongo') ? describe : describe.skip)('mongo: account store', () => {
  let close: () => Promise<void>;
  let one: TestStorage;
  let two: TestStorage;

  beforeAll(async () => {
    ({ one, two, close } = await openTwice('mongo'));
  });
  afterAll(() => close());

  const ago = (ms: number) => new Date(one.clock.now().getTime() - ms);
  const holderOf = async (name: string) => (await two.accountStore.findByIdentifier('username', name))?.id ?? null;

  describe('a deleted account', () => {
    const claimsOf = (userId: string) =>
      one.context.get<Model<IdentifierDocument>>(getModelToken('Identifier')).countDocuments({ userId });

    it('keeps no claim, neither of a name that its process had no time to give up nor of one it was about to take', async () => {
      const { id } = await storedAccount(one, { username: aName() });
      await leaveClaim(one, id, identifierKey('email', `${aName()}@example.com`));
      const claiming = [{ key: identifierKey('username', aName()), at: ago(0), by: 'a dead change' }];
      await usersOf(one).updateOne({ _id: id }, { $set: { claiming } });
      await one.accountStore.change(id, setting({ mobile: null, username: null, deletedAt: ago(0) }));
      expect((await usersOf(one).findById(id).lean())?.claiming).toEqual([]);
      expect(await claimsOf(id)).toBe(1);
      await one.accountStore.dropIdentifiers(id);
      expect(await claimsOf(id)).toBe(0);
    });
  });

  describe('a pending account', () => {
    it('is not there for anybody', async () => {
      const [id, name] = [uuidv7(), aName()];
      await leavePending(one, id, identifierKey('username', name), ago(0));
      expect(await one.accountStore.find(id)).toBeNull();
      expect(await one.accountStore.change(id, counting)).toBeNull();
      expect(await holderOf(name)).toBeNull();
    });

    it('keeps what it claims for a minute', async () => {
      const name = aName();
      await leavePending(one, uuidv7(), identifierKey('username', name), ago(MINUTE - 5000));
      await expect(storedAccount(one, { username: name })).rejects.toThrow(IdentifierTakenError);
      const { id } = await storedAccount(one);
      await expect(two.accountStore.change(id, setting({ username: name }))).rejects.toThrow(IdentifierTakenError);
    });

    it('loses what it has claimed for longer to whoever asks first', async () => {
      const [dead, name] = [uuidv7(), aName()];
      await leavePending(one, dead, identifierKey('username', name), ago(MINUTE + 5000));
      const racing = Array.from({ length: 6 }, () => anAccount({ username: name }));
      const settled = await Promise.allSettled(
        racing.map((account, index) => (index % 2 ? one : two).accountStore.create(account, [created(account)])),
      );
      const winners = racing.filter((_, index) => settled[index]?.status === 'fulfilled');
      expect(winners).toHaveLength(1);
      expect(await holderOf(name)).toBe(winners[0]?.id);
      expect((await usersOf(one).findById(dead).lean())?.claiming).toEqual([]);
    });
  });

  describe('a claim', () => {
    it('of an account that is not there is nobody’s', async () => {
      const name = aName();
      await leaveClaim(one, uuidv7(), identifierKey('username', name));
      expect(await holderOf(name)).toBeNull();
      expect(await holderOf((await storedAccount(two, { username: name })).username!)).not.toBeNull();
    });

    it('of an account that neither has nor is claiming the value is nobody’s', async () => {
      const [account, name] = [await storedAccount(one), aName()];
      await leaveClaim(one, account.id, identifierKey('username', name));
      expect(await holderOf(name)).toBeNull();
      const heir = await storedAccount(two, { username: name });
      expect(await holderOf(name)).toBe(heir.id);
    });

    it('of an account that has the value stands, however old', async () => {
      const { username } = await storedAccount(one, { username: aName() });
      one.clock.advance(60 * MINUTE);
      await expect(storedAccount(one, { username })).rejects.toThrow(IdentifierTakenError);
      one.clock.advance(-60 * MINUTE);
    });

    it('that was announced and never made does not give the value to the account that announced it', async () => {
      const [holder, name] = [await storedAccount(one, { username: aName() }), aName()];
      const { id } = await storedAccount(one);
      const announced = [holder.username!, name].map((value) => ({
        key: identifierKey('username', value),
        at: ago(0),
      }));
      await usersOf(one).updateOne({ _id: id }, { $set: { claiming: announced } });
      await expect(one.accountStore.change(id, setting({ username: holder.username }))).rejects.toThrow(
        IdentifierTakenError,
      );
      await one.accountStore.change(id, setting({ username: name }));
      expect(await holderOf(name)).toBe(id);
      await expect(storedAccount(two, { username: name })).rejects.toThrow(IdentifierTakenError);
    });

    it('that is refused says so although giving it up is never answered', async () => {
      const [holder, { id }] = [await storedAccount(one, { username: aName() }), await storedAccount(one)];
      silenceUpdate(one, (update) => update.includes('"$pull"'));
      const { username } = holder;
      await expect(one.accountStore.change(id, setting({ username }))).rejects.toThrow(IdentifierTakenError);
    });

    it('of a creation that failed is nobody’s, and nothing of the account stays behind', async () => {
      const [taken, name] = [await storedAccount(one, { email: `${aName()}@example.com` }), aName()];
      const refused = anAccount({ username: name, email: taken.email });
      await expect(one.accountStore.create(refused, [])).rejects.toThrow(IdentifierTakenError);
      expect(await usersOf(one).findById(refused.id).lean()).toBeNull();
      const heir = await storedAccount(two, { username: name });
      expect(await holderOf(name)).toBe(heir.id);
    });
  });

  describe('a commit whose answer is lost', () => {
    it('counts once where it had arrived, and reports its result', async () => {
      const { id } = await storedAccount(one);
      const session = aSession({ userId: id });
      breakNextCommit(one, arriving);
      let decided = 0;
      const result = await one.accountStore.change(id, (account) => {
        const { change } = starting(session)(account);
        return { result: { decision: ++decided }, change };
      });
      expect(result).toEqual({ decision: 1 });
      expect((await two.accountStore.find(id))?.live).toEqual([session]);
      expect(await two.outbox.list(id)).toHaveLength(1);
    });

    it('is looked for again where the line breaks once more', async () => {
      const { id } = await storedAccount(one);
      breakNextCommit(one, async (send) => {
        await send();
        breakReads(one, 3);
      });
      expect(await one.accountStore.change(id, counting)).toEqual({});
      expect((await two.accountStore.find(id))?.credentialVersion).toBe(2);
    });

    it('is StoreUnavailableError within 3 s where the line stays broken', async () => {
      const { id } = await storedAccount(one);
      const start = performance.now();
      let mend = () => {};
      breakNextCommit(one, async () => {
        mend = breakReads(one, Infinity);
      });
      await expect(one.accountStore.change(id, counting)).rejects.toThrow(StoreUnavailableError);
      expect(performance.now() - start).toBeLessThan(3000);
      mend();
      expect((await two.accountStore.find(id))?.credentialVersion).toBe(1);
    });

    it('is made again where it had not arrived', async () => {
      const { id } = await storedAccount(one);
      breakNextCommit(one, async () => undefined);
      expect(await one.accountStore.change(id, counting)).toEqual({});
      expect((await two.accountStore.find(id))?.credentialVersion).toBe(2);
      expect(await two.outbox.list(id)).toHaveLength(1);
    });

    it('counts once where others have committed since', async () => {
      const { id } = await storedAccount(one);
      breakNextCommit(one, async (send) => {
        await send();
        for (let more = 0; more < 5; more++) await two.accountStore.change(id, counting);
      });
      await one.accountStore.change(id, counting);
      expect((await two.accountStore.find(id))?.credentialVersion).toBe(7);
      expect(await two.outbox.list(id)).toHaveLength(6);
    });

    // A session that has been displaced meanwhile would come to life again.
    it('is never made twice, however many others have committed since', async () => {
      const { id } = await storedAccount(one);
      const session = aSession({ userId: id });
      breakNextCommit(one, async (send) => {
        await send();
        await two.accountStore.change(id, ending([session.id]));
        for (let more = 0; more < 30; more++) await two.accountStore.change(id, counting);
      });
      const outcome = await one.accountStore.change(id, starting(session)).catch((error: unknown) => error);
      expect((await two.accountStore.find(id))?.live).toEqual([]);
      expect(await two.outbox.list(id)).toHaveLength(32);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(StoreUnavailableError);
    });

    it('counts once where the server stays silent', async () => {
      const { id } = await storedAccount(one);
      breakNextCommit(one, async (send) => {
        await send();
        await new Promise(() => undefined);
      });
      await one.accountStore.change(id, counting);
      expect((await two.accountStore.find(id))?.credentialVersion).toBe(2);
    });

    it('completes a creation that had arrived', async () => {
      const account = anAccount({ username: aName() });
      breakNextCommit(one, arriving);
      await one.accountStore.create(account, [created(account)]);
      expect(await two.accountStore.find(account.id)).toEqual(account);
      expect(await two.outbox.list(account.id)).toEqual([created(account)]);
      expect(await holderOf(account.username!)).toBe(account.id);
    });
  });
});
