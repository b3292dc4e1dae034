import { NestFactory } from '@nestjs/core';
import { AccountStore, type Account } from '../../src/accounts/index.js';
import { StoreMaintenance } from '../../src/storage/index.js';
import { MaintenanceModule } from '../../src/storage/maintenance.module.js';
import { toConfig } from '../../src/config/index.js';
import { BASE_SETTINGS, startApp, type TestApp } from '../support/app.js';
import { EARLIER_VERSIONS, expectedOf, putEmail, recordsOf, restore } from '../support/earlier-version.js';
import { eventually } from '../support/eventually.js';
import { NotificationStore } from '../../src/notifications/index.js';
import { ENGINES, type TestStore } from '../support/stores.js';
import { TestClock } from '../support/clock.js';

const [COMPOSED, DECOMPOSED] = ['jos\u00e9@example.com', 'jose\u0301@example.com'];
const [UNICODE, PUNYCODE] = ['x@bücher.example', 'x@xn--bcher-kva.example'];

/** Those versions took an e-mail as it was written, so one mailbox could be on two accounts. */
describe.each(ENGINES)('%s: e-mails that an earlier version has left', (engine) => {
  const version = EARLIER_VERSIONS[0]!;
  let store: TestStore;
  let test: TestApp;
  /** From the oldest account on. */
  let people: string[];

  const start = async () => {
    const clock = TestClock.at(new Date(expectedOf(version, engine).writtenAt));
    test = await startApp(engine, { WEBHOOK_ALLOW_PRIVATE: 'true' }, store, clock);
  };
  beforeAll(async () => {
    store = await restore(version, engine);
    const found = ((await recordsOf(store)).users ?? []) as Record<string, any>[];
    const createdAt = (user: Record<string, any>) => Number(user.createdAt ?? user.created_at);
    people = found
      .filter((user) => !(user.deletedAt ?? user.deleted_at))
      .sort((a, b) => createdAt(a) - createdAt(b))
      .map((user) => (user._id ?? user.id) as string);
    const verifiedAt = new Date('2026-01-01');
    await putEmail(store, people[0]!, DECOMPOSED, null);
    await putEmail(store, people[1]!, COMPOSED, verifiedAt);
    await putEmail(store, people[2]!, UNICODE, null);
    await putEmail(store, people[3]!, PUNYCODE, null);
    await putEmail(store, people[4]!, ' zo\u0308e\u200b@example.com', verifiedAt);
    await start();
  });
  afterAll(async () => {
    await test.close();
    await store.dispose();
  });

  const accounts = () => test.app.get(AccountStore, { strict: false });
  const emailOf = async (index: number): Promise<Pick<Account, 'email' | 'emailVerifiedAt'>> => {
    const { email, emailVerifiedAt } = (await accounts().find(people[index]!))!;
    return { email, emailVerifiedAt };
  };
  const holderOf = async (email: string) => (await accounts().findByIdentifier('email', email))?.id;

  it('are brought into their one form, and stay verified', async () => {
    expect(await emailOf(4)).toEqual({ email: 'z\u00f6e@example.com', emailVerifiedAt: new Date('2026-01-01') });
    expect(await holderOf('Z\u00d6E@example.com')).toBe(people[4]);
    expect(await holderOf(' zo\u0308e\u200b@example.com')).toBeUndefined();
  });

  it('stay with whoever has verified theirs, else with the older account', async () => {
    expect(await emailOf(0)).toMatchObject({ email: null });
    expect(await emailOf(1)).toMatchObject({ email: COMPOSED, emailVerifiedAt: expect.any(Date) });
    expect(await emailOf(2)).toMatchObject({ email: UNICODE });
    expect(await emailOf(3)).toMatchObject({ email: null });
    expect(await holderOf(COMPOSED)).toBe(people[1]);
    expect(await holderOf(UNICODE)).toBe(people[2]);
    for (const freed of [DECOMPOSED, PUNYCODE]) expect(await holderOf(freed)).toBeUndefined();
  });

  it('that are taken off an account are told there, and listed for the operator', async () => {
    const notices = test.app.get(NotificationStore, { strict: false });
    for (const index of [0, 3]) {
      const kinds = async () =>
        (await notices.list(people[index]!, { unreadOnly: false, before: null, limit: 50 })).map(({ kind }) => kind);
      expect(await eventually(kinds, (found) => found.includes('contact_changed'))).toContain('contact_changed');
    }
    const config = toConfig({ ...BASE_SETTINGS, ...store.settings });
    const context = await NestFactory.createApplicationContext(MaintenanceModule.with(config), { logger: false });
    const maintenance = context.get(StoreMaintenance);
    const notes = await eventually(
      () => maintenance.findNotes(),
      ({ length }) => length === 2,
    );
    expect(notes.map((note) => note.replace(/at \S+:/, 'at …:')).sort()).toEqual(
      [
        `user ${people[0]} lost their e-mail at …: user ${people[1]} has the same one in another spelling`,
        `user ${people[3]} lost their e-mail at …: user ${people[2]} has the same one in another spelling`,
      ].sort(),
    );
    expect(await maintenance.findFaults()).toEqual([]);
    await context.close();
  });

  it('are let alone by the next start', async () => {
    await test.close();
    const before = await recordsOf(store);
    await start();
    await test.close();
    expect(await recordsOf(store)).toEqual(before);
    await start();
  });
});
