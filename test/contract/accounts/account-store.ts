import { v7 as uuidv7 } from 'uuid';
import {
  IdentifierTakenError,
  replaceIdentifier,
  type Account,
  type Decide,
  type Postponed,
} from '../../../src/accounts/index.js';
import { decideLogin } from '../../../src/sessions/index.js';
import {
  aCode,
  aDevice,
  aFormer,
  at,
  aMobile,
  aName,
  anAttempt,
  BY,
  NOW,
  POLICY,
  byId,
  counting,
  created,
  deciding,
  anAccount,
  aSession,
  setting,
  starting,
  storedAccount,
} from '../../support/records.js';
import { openTwice, type TestStorage } from '../../support/storage.js';
import { ENGINES } from '../../support/stores.js';
import { byTier } from '../../support/tier.js';

const RACING = byTier({ quick: 60, full: 200, long: 200 });

const ROTATION = { predecessor: 'ab'.repeat(32), siblings: ['ef'.repeat(32)], usedAt: at(1) };

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

/** What each of them came to: `done` or the error's code. */
async function outcomes(work: readonly Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(work);
  return settled.map((one) =>
    one.status === 'fulfilled' ? 'done' : String((one.reason as { code?: unknown }).code ?? one.reason),
  );
}

const count = (values: readonly string[], value: string) => values.filter((other) => other === value).length;

describe.each(ENGINES)('%s: account store', (engine) => {
  let close: () => Promise<void>;
  /** Two processes on one store. */
  let one: TestStorage;
  let two: TestStorage;
  const either = (index: number) => (index % 2 === 0 ? one : two);

  beforeAll(async () => {
    ({ one, two, close } = await openTwice(engine));
  });
  afterAll(() => close());

  const find = (id: string) => two.accountStore.find(id);
  const waiting = async (id: string) => (await two.outbox.list(id)).map((event) => event.type);

  describe('create', () => {
    it('adds the account with its first events', async () => {
      const account = anAccount({
        username: aName(),
        email: `${aName()}@example.com`,
        emailVerifiedAt: at(-5),
        displayName: 'Asha',
        passwordHash: '$argon2id$…',
        role: 'admin',
      });
      await one.accountStore.create(account, [created(account)]);
      expect(await find(account.id)).toEqual(account);
      expect(await two.outbox.list(account.id)).toEqual([created(account)]);
    });

    it.each([
      ['mobile', '+919812345678', '+919812345678'],
      ['username', 'Asha.Rao', 'aSHA.rAO'],
      ['email', 'Asha@Example.com', 'asha@example.COM'],
    ] as const)(
      'refuses a %s that another account has, without regard to case, and adds nothing',
      async (kind, a, b) => {
        await storedAccount(one, { [kind]: a });
        const second = anAccount({ [kind]: b });
        const refusal = await two.accountStore.create(second, [created(second)]).catch((error: unknown) => error);
        expect(refusal).toBeInstanceOf(IdentifierTakenError);
        expect(refusal).toMatchObject({ code: `${kind}_taken`, kindTaken: kind });
        expect(await find(second.id)).toBeNull();
        expect(await waiting(second.id)).toEqual([]);
      },
    );

    it('lets two accounts have no username and no e-mail', async () => {
      const [a, b] = [await storedAccount(one), await storedAccount(one)];
      expect(await Promise.all([find(a.id), find(b.id)])).toEqual([a, b]);
    });

    it('leaves the other identifiers of a refused account free', async () => {
      const { email } = await storedAccount(one, { email: `${aName()}@example.com` });
      const refused = anAccount({ email });
      await expect(one.accountStore.create(refused, [])).rejects.toThrow(IdentifierTakenError);
      const next = await storedAccount(two, { mobile: refused.mobile });
      expect((await one.accountStore.findByIdentifier('mobile', refused.mobile!))?.id).toBe(next.id);
    });

    it('admits exactly one of 20 racing creations with one identifier', async () => {
      const username = aName();
      const accounts = times(20, (index) => anAccount({ username: index % 3 ? username : username.toUpperCase() }));
      const results = await outcomes(
        accounts.map((account, index) => either(index).accountStore.create(account, [created(account)])),
      );
      expect([count(results, 'done'), count(results, 'username_taken')]).toEqual([1, 19]);
      const winner = accounts[results.indexOf('done')]!;
      expect((await one.accountStore.findByIdentifier('username', username))?.id).toBe(winner.id);
      for (const { id } of accounts) {
        expect(await find(id)).toEqual(id === winner.id ? winner : null);
        expect(await waiting(id)).toEqual(id === winner.id ? ['user.created'] : []);
      }
    });
  });

  describe('change', () => {
    it('returns null where there is no such account, without deciding', async () => {
      const decide: Decide<object> = () => {
        throw new Error('decided');
      };
      expect(await one.accountStore.change(anAccount().id, decide)).toBeNull();
    });

    it('commits everything that was decided, events included', async () => {
      const { id } = await storedAccount(one);
      const [first, second] = [
        aSession({ userId: id }),
        aSession({
          userId: id,
          createdAt: at(1),
          lastSeenAt: at(1),
          provedBy: 'mobile',
          askedFrom: '198.51.100.1',
          rotation: ROTATION,
        }),
      ];
      const devices = [
        aDevice(),
        aDevice({ provenAt: at(1), since: at(1), confirmedAt: at(2), blockedAt: at(2), browser: null, os: null }),
      ];
      const tickets = [
        {
          hash: 'a'.repeat(64),
          expiresAt: at(300),
          credentialVersion: 1,
          provedBy: 'password' as const,
          vouched: null,
          holder: { deviceId: uuidv7(), keyHash: 'c'.repeat(64), class: 'mobile' as const, ip: '203.0.113.8' },
          request: null,
        },
        {
          hash: 'b'.repeat(64),
          expiresAt: at(301),
          credentialVersion: null,
          provedBy: null,
          vouched: { userAgent: 'app', ip: '203.0.113.9', deviceId: null, service: 'test' },
          holder: null,
          request: {
            id: uuidv7(),
            device: BY.device,
            ip: '203.0.113.9',
            waitsFrom: '198.51.100.1',
            number: 42,
            numbers: [17, 42, 80],
            approved: null,
          },
        },
      ];
      const patch = {
        username: aName(),
        displayName: 'Asha',
        avatarUrl: '/a.png',
        locale: 'es',
        mobileVerifiedAt: at(1),
        passwordHash: 'hash',
        credentialVersion: 7,
        lockedAt: at(2),
        firstLoginAt: at(3),
        reported: [uuidv7()],
        codes: [
          {
            id: uuidv7(),
            requestHash: 'c'.repeat(64),
            bySettled: true,
            purpose: 'login',
            channel: 'mobile',
            contact: aMobile(),
            hash: 'hash',
            expiresAt: at(300),
            triesLeft: 5,
          },
        ],
        mobileAddedAt: at(-9),
        emailAddedAt: at(-8),
        mobileSince: at(-7),
        emailSince: at(-6),
        distrustedSince: at(-5),
        identifiersSetBy: { email: { deviceId: devices[0]!.id, at: at(-8), confirmedSince: at(-9) } },
        formerIdentifiers: [aFormer({ verifiedAt: at(-7), since: at(-8) })],
        formerPassword: { hash: 'former', until: at(9) },
        refusedPasswords: ['refused'],
        postponed: [
          { kind: 'deletion', requestedAt: at(1), dueAt: at(9), deviceId: devices[0]!.id, cancelledAt: null },
          { kind: 'export', requestedAt: at(1), dueAt: at(9), deviceId: devices[0]!.id, cancelledAt: at(2) },
        ],
        recoveryLink: { hash: 'a'.repeat(64), expiresAt: at(300) },
        role: 'admin',
        tickets,
      } as const;
      let decided: Account | undefined;
      await one.accountStore.change(id, starting(first));
      await one.accountStore.change(id, (account) => {
        const decision = deciding((draft) => {
          draft.end([first], 'displaced', BY);
          draft.start(second);
          devices.forEach((device) => draft.putDevice(device));
          draft.set(patch);
        }, at(4))(account);
        decided = decision.change?.account;
        return decision;
      });
      const found = (await find(id))!;
      expect({ ...found, devices: byId(found.devices) }).toEqual({ ...decided!, devices: byId(devices) });
      expect(found).toMatchObject({ ...patch, live: [second] });
      expect(await waiting(id)).toEqual(['session.started', 'session.ended', 'session.started']);
      expect((await two.sessions.find(id, first.id))?.session).toEqual({
        ...first,
        endedAt: at(4),
        endReason: 'displaced',
        endedBy: BY,
      });
    });

    it('takes back what was set: devices, tickets, lock, and a session that is renewed', async () => {
      const { id } = await storedAccount(one);
      const [session, device] = [aSession({ userId: id }), aDevice()];
      const ticket = {
        hash: aName(),
        expiresAt: at(300),
        credentialVersion: 1,
        provedBy: 'password',
        vouched: null,
        holder: null,
        request: null,
      } as const;
      await one.accountStore.change(id, starting(session));
      const set = deciding((draft) => {
        draft.putDevice(device);
        draft.set({ tickets: [ticket], lockedAt: NOW });
      });
      await one.accountStore.change(id, set);
      const renewed = { ...session, tokenHash: 'cd'.repeat(32), rotation: ROTATION, lastSeenAt: at(60) };
      const unset = deciding((draft) => {
        draft.forgetDevice(device.id);
        draft.replaceSession(renewed);
        draft.set({ tickets: [], lockedAt: null });
      });
      await two.accountStore.change(id, unset);
      expect(await find(id)).toMatchObject({ devices: [], tickets: [], lockedAt: null, live: [renewed] });
    });

    it('changes nothing, and returns the result, where the decision changes nothing', async () => {
      const account = await storedAccount(one);
      const decide: Decide<{ seen: number }> = (now) => ({ result: { seen: now.credentialVersion }, change: null });
      expect(await one.accountStore.change(account.id, decide)).toEqual({ seen: 1 });
      expect(await find(account.id)).toEqual(account);
    });

    it('passes on what decide throws, and changes nothing', async () => {
      const account = await storedAccount(one);
      const broken: Decide<object> = (now) => {
        starting(aSession({ userId: account.id }))(now);
        throw new RangeError('no');
      };
      await expect(one.accountStore.change(account.id, broken)).rejects.toThrow(RangeError);
      expect(await find(account.id)).toEqual(account);
      expect(await waiting(account.id)).toEqual([]);
      await one.accountStore.change(account.id, counting);
      expect((await find(account.id))?.credentialVersion).toBe(2);
    });

    it('changes nothing where one part of the change cannot be stored', async () => {
      const account = await storedAccount(one);
      const unreadable = Object.defineProperty({}, 'name', {
        enumerable: true,
        get: () => {
          throw new RangeError('unreadable');
        },
      }) as typeof BY.device;
      const broken = deciding((draft) => {
        draft.start(aSession({ userId: account.id }));
        draft.set({ credentialVersion: 9 });
        draft.emit('last', { type: 'session.refused', device: unreadable, ip: BY.ip });
      });
      await expect(one.accountStore.change(account.id, broken)).rejects.toThrow(RangeError);
      expect(await find(account.id)).toEqual(account);
      expect(await waiting(account.id)).toEqual([]);
    });

    it('changes nothing at all where an identifier is taken, events included', async () => {
      const holder = await storedAccount(one, { username: aName() });
      const account = await storedAccount(one, { username: aName() });
      const session = aSession({ userId: account.id });
      await one.accountStore.change(account.id, starting(session));
      const before = await find(account.id);
      const take = deciding((draft) => {
        draft.end([session], 'logged_out', null);
        draft.set({ username: holder.username!.toUpperCase(), email: `${aName()}@example.com`, credentialVersion: 9 });
      });
      await expect(two.accountStore.change(account.id, take)).rejects.toThrow(IdentifierTakenError);
      expect(await find(account.id)).toEqual(before);
      expect(await waiting(account.id)).toEqual(['session.started']);
      expect((await one.accountStore.findByIdentifier('username', holder.username!))?.id).toBe(holder.id);
    });

    it(`counts every one of ${RACING} racing changes from two processes`, async () => {
      const { id } = await storedAccount(one);
      const results = await outcomes(times(RACING, (index) => either(index).accounts.change(id, counting)));
      expect(count(results, 'done')).toBe(RACING);
      expect((await find(id))?.credentialVersion).toBe(RACING + 1);
      const events = await two.outbox.list(id);
      expect(new Set(events.map((event) => event.id)).size).toBe(RACING);
      expect(events).toHaveLength(RACING);
    });

    it('counts changes that race without a queue in front of them', async () => {
      const { id } = await storedAccount(one);
      const results = await outcomes(times(10, (index) => either(index).accountStore.change(id, counting)));
      expect(count(results, 'done')).toBe(10);
      expect((await find(id))?.credentialVersion).toBe(11);
    });

    it('leaves one live session after 50 racing logins under limit 1', async () => {
      const { id } = await storedAccount(one);
      const attempts = times(50, () => anAttempt());
      await Promise.all(
        attempts.map((attempt, index) => either(index).accounts.change(id, (now) => decideLogin(now, attempt))),
      );
      const { live } = (await find(id))!;
      expect(live).toHaveLength(1);
      const all = await two.sessions.list(id, { state: 'all', before: null, limit: 100 });
      expect(all).toHaveLength(50);
      const events = (await two.outbox.list(id)).map((event) => event.id);
      expect(new Set(events).size).toBe(events.length);
      expect(count(await waiting(id), 'session.ended')).toBe(49);
    });

    it('admits one of 50 racing logins under refuse', async () => {
      const { id } = await storedAccount(one);
      const policy = { ...POLICY, onLimit: 'refuse' } as const;
      const results = await Promise.all(
        times(50, (index) => {
          const attempt = anAttempt({ policy });
          return either(index).accounts.change(id, (now) => decideLogin(now, attempt));
        }),
      );
      expect(results.filter(({ admitted }) => admitted)).toHaveLength(1);
      expect((await find(id))?.live).toHaveLength(1);
    });

    it('never lets a login outlive the password change that it races', async () => {
      const { id } = await storedAccount(one);
      const change = deciding((draft) => {
        draft.end(draft.account.live, 'password_changed', null);
        draft.set({ credentialVersion: 2 });
      });
      const logins = times(20, () => anAttempt({ proof: { kind: 'password', credentialVersion: 1 } })).map(
        (attempt, index) => either(index).accounts.change(id, (now) => decideLogin(now, attempt)),
      );
      const results = await outcomes([...logins, one.accounts.change(id, change)]);
      expect(results.at(-1)).toBe('done');
      expect((await find(id))?.live).toEqual([]);
    });
  });

  describe('identifiers', () => {
    it('frees one that its account moved away from', async () => {
      const [username, next] = [aName(), aName()];
      const { id } = await storedAccount(one, { username });
      await one.accountStore.change(id, setting({ username: next }));
      expect(await two.accountStore.findByIdentifier('username', username)).toBeNull();
      const heir = await storedAccount(two, { username });
      expect((await one.accountStore.findByIdentifier('username', username))?.id).toBe(heir.id);
      expect((await one.accountStore.findByIdentifier('username', next))?.id).toBe(id);
      await expect(one.accountStore.change(id, setting({ username }))).rejects.toThrow(IdentifierTakenError);
    });

    it('frees one that its account gave up', async () => {
      const email = `${aName()}@example.com`;
      const { id } = await storedAccount(one, { email });
      await one.accountStore.change(id, setting({ email: null }));
      expect((await storedAccount(two, { email })).email).toBe(email);
    });

    it('lets an account change the case of its own, and take back one that it gave up', async () => {
      const username = aName();
      const { id } = await storedAccount(one, { username });
      for (const name of [username.toUpperCase(), null, username]) {
        await one.accountStore.change(id, setting({ username: name }));
      }
      expect(await one.accountStore.findByIdentifier('username', username)).toMatchObject({ id, username });
      await expect(storedAccount(two, { username })).rejects.toThrow(IdentifierTakenError);
    });

    it('gives a free one to exactly one of the accounts that race for it', async () => {
      const username = aName();
      const accounts = await Promise.all(times(10, () => storedAccount(one)));
      const results = await outcomes(
        accounts.map(({ id }, index) => either(index).accountStore.change(id, setting({ username }))),
      );
      expect([count(results, 'done'), count(results, 'username_taken')]).toEqual([1, 9]);
      const found = await Promise.all(accounts.map(({ id }) => find(id)));
      expect(found.filter((account) => account?.username === username)).toHaveLength(1);
    });

    it('never gives one that is taken to an account that asks for it twice at once', async () => {
      const holder = await storedAccount(one, { username: aName() });
      const { id } = await storedAccount(one);
      for (let round = 0; round < 10; round++) {
        const results = await outcomes(
          times(4, (index) => either(index).accountStore.change(id, setting({ username: holder.username }))),
        );
        expect(results).toEqual(times(4, () => 'username_taken'));
        expect((await find(id))?.username).toBeNull();
      }
    });

    it('is held once by an account that asks for a free one twice at once', async () => {
      const { id } = await storedAccount(one);
      const username = aName();
      await Promise.all(times(4, (index) => either(index).accountStore.change(id, setting({ username }))));
      expect((await one.accountStore.findByIdentifier('username', username))?.id).toBe(id);
      await expect(storedAccount(two, { username })).rejects.toThrow(IdentifierTakenError);
    });
  });

  describe('former identifiers', () => {
    const DAY = 86_400_000;
    const replace = (id: string, username: string | null, daysAgo = 0) => {
      const at = new Date(one.clock.now().getTime() - daysAgo * DAY);
      const change = { deviceId: uuidv7(), at, confirmedSince: null };
      return one.accountStore.change(
        id,
        deciding((draft) => replaceIdentifier(draft, 'username', username, change)),
      );
    };
    const holderOf = async (username: string) => (await two.accountStore.findByIdentifier('username', username))?.id;

    it('find their account, and nobody else gets one: not a new account, not another, in whatever case', async () => {
      const [username, next] = [aName(), aName()];
      const { id } = await storedAccount(one, { username });
      await replace(id, next);
      expect(await holderOf(username.toUpperCase())).toBe(id);
      expect(await holderOf(next)).toBe(id);
      await expect(storedAccount(two, { username: username.toUpperCase() })).rejects.toThrow(IdentifierTakenError);
      const other = await storedAccount(two);
      await expect(two.accountStore.change(other.id, setting({ username }))).rejects.toThrow(IdentifierTakenError);
      expect(await find(other.id)).toEqual(other);
    });

    it('come back to their account, and are free when it lets them go', async () => {
      const [username, next] = [aName(), aName()];
      const { id } = await storedAccount(one, { username });
      await replace(id, next);
      await one.accountStore.change(id, setting({ username, formerIdentifiers: [] }));
      expect([await holderOf(username), await holderOf(next)]).toEqual([id, undefined]);
      await expect(storedAccount(two, { username })).rejects.toThrow(IdentifierTakenError);
      await replace(id, null);
      await one.accountStore.change(id, setting({ formerIdentifiers: [] }));
      const heir = await storedAccount(two, { username });
      expect(await holderOf(username)).toBe(heir.id);
    });

    it('are free once their time is over, though nothing has changed on their account; it cannot take them back then', async () => {
      const username = aName();
      const { id } = await storedAccount(one, { username });
      await replace(id, null, 90);
      const heir = await storedAccount(two, { username });
      expect(await holderOf(username)).toBe(heir.id);
      await expect(one.accountStore.change(id, setting({ username }))).rejects.toThrow(IdentifierTakenError);
      await one.accountStore.change(
        id,
        deciding(() => {}, one.clock.now()),
      );
      await one.accountStore.change(id, setting({ displayName: 'Asha' }));
      expect(await holderOf(username)).toBe(heir.id);
    });

    it('of a deleted account leave no trace', async () => {
      const username = aName();
      const { id } = await storedAccount(one, { username });
      await replace(id, null);
      await one.accountStore.change(id, setting({ deletedAt: at(1), formerIdentifiers: [] }));
      expect(await holderOf(username)).toBeUndefined();
      await storedAccount(two, { username });
    });

    it('go to one of two accounts that race for one whose time is over', async () => {
      const username = aName();
      const { id } = await storedAccount(one, { username });
      await replace(id, null, 90);
      const racing = [one, two, one, two].map((storage) => storedAccount(storage, { username }));
      const results = await outcomes(racing);
      expect([count(results, 'done'), count(results, 'username_taken')]).toEqual([1, 3]);
    });
  });

  describe('listToDelete', () => {
    const wish = (seconds: number, more: Partial<Postponed> = {}): Pick<Account, 'postponed'> => ({
      postponed: [
        { kind: 'deletion', requestedAt: NOW, dueAt: at(seconds), deviceId: 'any', cancelledAt: null, ...more },
      ],
    });
    /** Those of this test, for others may wait as well. */
    const listed = async (now: Date, ids: readonly string[], limit = 100) =>
      (await two.accountStore.listToDelete(now, limit)).filter((id) => ids.includes(id));

    it('lists whose deletion is due, the longest due first', async () => {
      const { accountStore } = one;
      const [first, second, third] = [await storedAccount(one), await storedAccount(one), await storedAccount(one)];
      const ids = [first.id, second.id, third.id];
      for (const [index, { id }] of [third, second, first].entries())
        await accountStore.change(id, setting(wish(-2000 - index * 10)));
      expect(await listed(at(-2021), ids)).toEqual([]);
      expect(await listed(at(-2020), ids)).toEqual([first.id]);
      expect(await listed(at(-2000), ids)).toEqual(ids);
      expect(await two.accountStore.listToDelete(at(-2000), 2)).toEqual(ids.slice(0, 2));
    });

    it('lists none that was cancelled, taken back, or carried out, and no export', async () => {
      const stored = [await storedAccount(one), await storedAccount(one), await storedAccount(one)];
      const exporting = await storedAccount(one, wish(-3000, { kind: 'export' }));
      const ids = [...stored, exporting].map(({ id }) => id);
      for (const { id } of stored) await one.accountStore.change(id, setting(wish(-3000)));
      expect(await listed(NOW, ids)).toHaveLength(3);
      const [cancelled, gone, deleted] = stored.map(({ id }) => id);
      await one.accountStore.change(cancelled!, setting(wish(-3000, { cancelledAt: NOW })));
      await one.accountStore.change(gone!, setting({ postponed: [] }));
      await one.accountStore.change(deleted!, setting({ postponed: [], deletedAt: NOW }));
      expect(await listed(NOW, ids)).toEqual([]);
    });
  });

  describe('dropIdentifiers', () => {
    it('takes nothing from an account that is not deleted', async () => {
      const { id, mobile } = await storedAccount(one);
      await one.accountStore.dropIdentifiers(id);
      expect((await two.accountStore.findByIdentifier('mobile', mobile!))?.id).toBe(id);
      await expect(storedAccount(two, { mobile })).rejects.toThrow(IdentifierTakenError);
      await one.accountStore.dropIdentifiers(anAccount().id);
    });

    it('takes nothing from whoever has the identifier since', async () => {
      const { id, mobile } = await storedAccount(one);
      await one.accountStore.change(id, setting({ mobile: null, deletedAt: at(1) }));
      const next = await storedAccount(two, { mobile });
      await one.accountStore.dropIdentifiers(id);
      expect((await one.accountStore.findByIdentifier('mobile', mobile!))?.id).toBe(next.id);
      await expect(storedAccount(two, { mobile })).rejects.toThrow(IdentifierTakenError);
    });
  });

  describe('find', () => {
    it('returns null for an unknown account and an unknown identifier', async () => {
      expect(await find(anAccount().id)).toBeNull();
      expect(await one.accountStore.findByIdentifier('mobile', aMobile())).toBeNull();
    });

    it('returns a deleted account, with the time of its deletion', async () => {
      const { id } = await storedAccount(one);
      await one.accountStore.change(id, setting({ deletedAt: at(1) }));
      expect(await find(id)).toMatchObject({ id, deletedAt: at(1) });
    });

    it('finds by each identifier, username and e-mail without regard to case', async () => {
      const account = await storedAccount(one, { username: aName(), email: `${aName()}@example.com` });
      const { accountStore } = two;
      expect(await accountStore.findByIdentifier('mobile', account.mobile!)).toEqual(account);
      expect(await accountStore.findByIdentifier('username', account.username!.toUpperCase())).toEqual(account);
      expect(await accountStore.findByIdentifier('email', account.email!.toUpperCase())).toEqual(account);
      expect(await accountStore.findByIdentifier('username', account.mobile!)).toBeNull();
    });

    it('finds what a proof needs, and of many things only the device that was shown', async () => {
      const username = aName();
      const { id } = await storedAccount(one, { username, passwordHash: 'hash' });
      const [shown, ...others] = [aDevice(), aDevice(), aDevice()];
      await one.accountStore.change(id, starting(aSession({ userId: id })));
      await one.accountStore.change(id, setting({ codes: [aCode()], formerPassword: { hash: 'h', until: at(9) } }));
      await one.accountStore.change(
        id,
        deciding((draft) => [...others, shown].forEach((device) => draft.putDevice(device))),
      );
      const whole = (await find(id))!;
      expect([whole.live.length, whole.codes.length, whole.devices.length]).toEqual([1, 1, 3]);
      const narrow = { ...whole, live: [], tickets: [], codes: [] };
      const asked: string[] = [];
      const prove = (name: string, hashes: string[]) =>
        two.accountStore.findToProve('username', name, (userId) => {
          asked.push(userId);
          return hashes;
        });
      expect(await prove(username.toUpperCase(), ['other', shown.keyHash])).toEqual({ ...narrow, devices: [shown] });
      const both = await prove(username, [shown.keyHash, others[0].keyHash]);
      expect(both!.devices).toEqual(whole.devices.filter(({ id }) => [shown.id, others[0].id].includes(id)));
      expect(await prove(username, [])).toEqual({ ...narrow, devices: [] });
      expect(await prove(username, ['other'])).toEqual({ ...narrow, devices: [] });
      expect(asked).toEqual([id, id, id, id]);
      // Nobody's takes the same steps.
      expect(await prove(aName(), [shown.keyHash])).toBeNull();
      expect(asked).toHaveLength(5);
      expect(asked[4]).not.toBe(id);
      expect(await two.accountStore.findToProve('email', username, () => [])).toBeNull();
    });
  });
});
