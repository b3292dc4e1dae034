import { randomBytes } from 'node:crypto';
import { Accounts } from '../../../src/accounts/index.js';
import { AuditStore } from '../../../src/audit/index.js';
import { Outbox } from '../../../src/outbox/index.js';
import { DeletionSweeper } from '../../../src/users/deletion-sweeper.service.js';
import { LAPTOP, PASSWORD, PHONE } from '../../support/api.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { burgled, Client, codeTo, DAY, NEXT_PASSWORD } from '../../support/burglary.js';
import { TestClock } from '../../support/clock.js';
import { contentOf } from '../../support/content.js';
import { eventually } from '../../support/eventually.js';
import { adminToken } from '../../support/people.js';
import { deciding } from '../../support/records.js';
import { startSmtp, type TestSmtp } from '../../support/smtp.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';
import { byTier } from '../../support/tier.js';
import { startTextMessages, type TextMessages } from '../../support/text-messages.js';

const REQUIRED = { status: 403, code: 'fresh_proof_required', accepts: ['code', 'settled_device'] };
const MINUTE = 60_000;

describe.each(ENGINES)('%s: what a device that is not settled asks for', (engine) => {
  let store: TestStore;
  let sms: TextMessages;
  let smtp: TestSmtp;
  let test: TestApp;
  const clock = new TestClock();
  const open = () =>
    startApp(
      engine,
      {
        ...sms.settings,
        ...smtp.settings,
        SESSION_LIMIT: '4',
        SESSION_IDLE_TIMEOUT: '31536000',
        SESSION_MAX_AGE: '31536000',
        ADMIN_USERNAME: ADMIN.username,
        ADMIN_PASSWORD: ADMIN.password,
      },
      store,
      clock,
    );
  beforeAll(async () => {
    store = newStore(engine);
    sms = await startTextMessages(clock);
    smtp = await startSmtp();
    test = await open();
  });
  afterAll(async () => {
    await test.close();
    await smtp.close();
    await sms.close();
    await store.dispose();
  });

  /** The thief is in beside the owner, whose device was first. */
  async function beside() {
    const person = await burgled(test.api, clock);
    await person.thief.logIn(person.mobile);
    clock.advance(1000);
    return person;
  }
  /** With an e-mail and a mobile that were verified long ago. */
  async function withChannels() {
    const person = await burgled(test.api, clock);
    const email = `${randomBytes(6).toString('hex')}@example.com`;
    const verify = deciding((draft) =>
      draft.set({ email, emailVerifiedAt: draft.now, mobileVerifiedAt: draft.now, emailAddedAt: draft.now }),
    );
    await test.app.get(Accounts).change(person.id, verify);
    await person.thief.logIn(person.mobile);
    clock.advance(1000);
    return { ...person, email };
  }
  const askDeletion = (client: Client, body: object = { currentPassword: PASSWORD }) =>
    client.call('DELETE', '/v1/users/me', body);
  const askExport = async (client: Client) => {
    await test.api.prove(client.token);
    return client.call('GET', '/v1/users/me/export');
  };
  const me = async (client: Client) => (await client.call('GET', '/v1/users/me')).body;
  const audited = async (userId: string) => {
    await test.app.get(Outbox).idle();
    const found = await test.app.get(AuditStore).list({ userId, actor: null, type: null, before: null, limit: 100 });
    return found.map(({ type }) => type).filter((type) => /^(deletion|export)\.|^user\.deleted/.test(type));
  };
  const in14Days = () => new Date(clock.now().getTime() + 14 * DAY);
  const isAbout = (answered: string, expected: Date) =>
    expect(Math.abs(Date.parse(answered) - expected.getTime())).toBeLessThan(MINUTE);

  describe('the deletion', () => {
    it('waits 14 days, with the same answer to whoever asks again, and every channel is told', async () => {
      const { id, mobile, email, owner, thief } = await withChannels();
      const texts = sms.sentTo(mobile).length;
      expect(await me(thief)).toMatchObject({ deletesAt: null });
      const asked = await askDeletion(thief);
      expect(asked).toMatchObject({ status: 202, body: { deletesAt: expect.any(String) } });
      expect(asked.headers.get('set-cookie')).toBeNull();
      isAbout(asked.body.deletesAt, in14Days());
      const text = (await sms.messagesTo(mobile, texts + 1)).at(-1)!;
      expect(text).toMatch(/will be deleted in 14 days.*This wasn't me: http.*\/report#/);
      const mails = await smtp.received(2, email);
      const mail = mails.find(({ subject }) => subject === 'Oneseat: Somebody asked for the deletion of your account');
      expect(mail?.text).toMatch(/will be deleted in 14 days[^]*This wasn't me: http/);
      clock.advance(DAY);
      expect(await askDeletion(thief)).toMatchObject({ status: 202, body: asked.body });
      const another = new Client(test.api, 'Tablet/1.0');
      await another.logIn(mobile);
      expect(await askDeletion(another)).toMatchObject({ status: 202, body: asked.body });
      expect([await owner.state(), await thief.state()]).toEqual(['live', 'live']);
      expect(await me(owner)).toMatchObject({ deletesAt: asked.body.deletesAt });
      expect((await owner.notice('deletion_requested')).device.id).toBe(thief.deviceId);
      expect(await audited(id)).toEqual(['deletion.requested']);
    });

    it('is cancelled by a login of a settled device, which everybody hears of; then none is taken for 30 days', async () => {
      const { id, mobile, owner, thief } = await withChannels();
      const texts = sms.sentTo(mobile).length;
      await askDeletion(thief);
      expect((await thief.logIn(mobile)).status).toBe(201);
      expect(await me(thief)).toMatchObject({ deletesAt: expect.any(String) });
      expect((await owner.logIn(mobile)).status).toBe(201);
      expect(await me(thief)).toMatchObject({ deletesAt: null });
      expect((await owner.notice('deletion_cancelled')).device.id).toBe(owner.deviceId);
      await sms.messagesTo(mobile, texts + 2);
      expect(await audited(id)).toEqual(['deletion.cancelled', 'deletion.requested']);
      expect((await askDeletion(thief)).body).toMatchObject(REQUIRED);
      clock.advance(29 * DAY);
      expect((await askDeletion(thief)).body).toMatchObject(REQUIRED);
      expect(await owner.state()).toBe('live');
      clock.advance(DAY);
      expect((await askDeletion(thief)).status).toBe(202);
      await sms.messagesTo(mobile, texts + 3);
      // A code to a settled channel does not have to wait.
      expect((await askDeletion(thief, { code: await codeTo(test.api, sms, mobile, 'login') })).status).toBe(204);
      expect(await owner.state()).toBe('session_user_deleted');
    });

    it('is cancelled by any session of the person, and is not found afterwards', async () => {
      const { owner, thief } = await beside();
      const cancel = (client: Client) => client.call('DELETE', '/v1/users/me/deletion');
      expect((await cancel(owner)).body).toMatchObject({ status: 404, code: 'deletion_not_found' });
      await askDeletion(thief);
      expect((await cancel(thief)).status).toBe(204);
      expect((await cancel(owner)).body.code).toBe('deletion_not_found');
      expect((await askDeletion(thief)).body).toMatchObject(REQUIRED);
      expect((await test.api.delete('/v1/users/me/deletion')).status).toBe(401);
      expect((await askDeletion(owner)).status).toBe(204);
    });

    it.each(['deletion_requested', 'export_requested'])(
      'and the export are cancelled by a report, also of the notice that says so: %s',
      async (kind) => {
        const { id, owner, thief } = await beside();
        await askDeletion(thief);
        expect((await askExport(thief)).status).toBe(202);
        expect((await owner.reportNotice(kind, thief.deviceId)).status).toBe(200);
        expect(await me(owner)).toMatchObject({ deletesAt: null, exportAvailableAt: null });
        expect(await thief.state()).toBe('session_reported');
        expect((await audited(id)).sort()).toEqual([
          'deletion.cancelled',
          'deletion.requested',
          'export.cancelled',
          'export.requested',
        ]);
      },
    );

    it('is cancelled by a recovery, for the owner may have no settled device left', async () => {
      const { id, mobile, thief } = await withChannels();
      const texts = sms.sentTo(mobile).length;
      await askDeletion(thief);
      await sms.messagesTo(mobile, texts + 1);
      const code = await codeTo(test.api, sms, mobile, 'recover');
      const body = { identifier: mobile, code, newPassword: NEXT_PASSWORD };
      expect((await test.api.post('/v1/users/recover', { body })).status).toBe(204);
      expect(await audited(id)).toEqual(['deletion.cancelled', 'deletion.requested']);
    });

    it('is carried out when it is due, also after a restart, with all that an immediate one does', async () => {
      const { id, mobile, email, owner, thief } = await withChannels();
      const { deletesAt } = (await askDeletion(thief)).body;
      await test.app.get(Outbox).idle();
      clock.advance(13 * DAY);
      expect(await owner.state()).toBe('live');
      await test.close();
      clock.advance(DAY);
      test = await open();
      [owner.api, thief.api] = [test.api, test.api];
      expect(clock.now().getTime()).toBeGreaterThan(Date.parse(deletesAt));
      const state = () => {
        clock.advance(MINUTE);
        return owner.state();
      };
      expect(await eventually(state, (one) => one !== 'live')).toBe('session_user_deleted');
      expect(await thief.state()).toBe('session_user_deleted');
      expect(await audited(id)).toEqual(['user.deleted', 'deletion.requested']);
      expect((await test.api.login(mobile)).body.code).toBe('invalid_credentials');
      const left = async () =>
        [mobile, email].filter(
          (
            (content) => (one) =>
              content.includes(one)
          )(await contentOf(store)),
        );
      expect(await eventually(left, (found) => found.length === 0)).toEqual([]);
      expect((await test.api.post('/v1/users', { body: { mobile, password: PASSWORD } })).status).toBe(201);
    });

    it('is refused to an administrator, and dropped where the person has become one meanwhile', async () => {
      const { id, owner, thief } = await beside();
      const admin = await adminToken(test.api);
      const setRole = async (role: string) => {
        await test.api.prove(admin, { currentPassword: ADMIN.password });
        expect((await test.api.patch(`/v1/admin/users/${id}`, { token: admin, body: { role } })).status).toBe(200);
      };
      await setRole('admin');
      expect((await askDeletion(thief)).body).toMatchObject({ status: 409, code: 'admin_role_held' });
      await setRole('user');
      expect((await askDeletion(thief)).status).toBe(202);
      await setRole('admin');
      clock.offset += 14 * DAY;
      await test.app.get(DeletionSweeper).sweep();
      expect(await me(owner)).toMatchObject({ deletesAt: null, role: 'admin' });
      expect(await audited(id)).toEqual(['deletion.cancelled', 'deletion.requested']);
    });
  });

  describe('the export', () => {
    it('waits 14 days, is handed out once to the device that asked, and to a settled one at once', async () => {
      const { id, mobile, owner, thief } = await withChannels();
      const texts = sms.sentTo(mobile).length;
      const asked = await askExport(thief);
      expect(asked).toMatchObject({ status: 202, body: { availableAt: expect.any(String) } });
      isAbout(asked.body.availableAt, in14Days());
      expect((await sms.messagesTo(mobile, texts + 1)).at(-1)).toMatch(/copy of all data.*This wasn't me: http/);
      clock.advance(13 * DAY);
      expect(await askExport(thief)).toMatchObject({ status: 202, body: asked.body });
      expect((await owner.notice('export_requested')).device.id).toBe(thief.deviceId);
      expect(await askExport(owner)).toMatchObject({
        status: 200,
        body: { profile: { id, deletesAt: null, exportAvailableAt: asked.body.availableAt } },
      });
      clock.advance(DAY);
      const file = await askExport(thief);
      expect(file).toMatchObject({ status: 200, body: { profile: { id } } });
      expect(file.headers.get('content-disposition')).toContain('oneseat-export.json');
      expect(await me(thief)).toMatchObject({ exportAvailableAt: null });
      const again = await askExport(thief);
      expect(again.status).toBe(202);
      isAbout(again.body.availableAt, in14Days());
    });

    it('is not handed out to another device once it is due', async () => {
      const { mobile, thief } = await beside();
      await askExport(thief);
      clock.advance(14 * DAY);
      const another = new Client(test.api, 'Tablet/1.0');
      await another.logIn(mobile);
      isAbout((await askExport(another)).body.availableAt, in14Days());
    });

    it('is cancelled by a login of a settled device, and by any session; then none is taken for 30 days', async () => {
      const { id, mobile, owner, thief } = await beside();
      const cancel = (client: Client) => client.call('DELETE', '/v1/users/me/export');
      expect((await cancel(thief)).body).toMatchObject({ status: 404, code: 'export_not_found' });
      await askExport(thief);
      await owner.logIn(mobile);
      await owner.notice('export_cancelled');
      expect((await cancel(thief)).body.code).toBe('export_not_found');
      expect((await askExport(thief)).body).toMatchObject(REQUIRED);
      clock.advance(30 * DAY);
      expect((await askExport(thief)).status).toBe(202);
      expect((await cancel(owner)).status).toBe(204);
      clock.advance(14 * DAY);
      expect((await askExport(thief)).body).toMatchObject(REQUIRED);
      expect((await audited(id)).length).toBe(4);
    });

    it('needs a fresh proof before it waits', async () => {
      const { thief } = await beside();
      clock.advance(5 * MINUTE);
      expect((await thief.call('GET', '/v1/users/me/export')).body).toMatchObject({
        ...REQUIRED,
        accepts: ['password', 'code'],
      });
    });
  });
});

describe.each(ENGINES)('%s: what races a deletion that is due, on two nodes', (engine) => {
  const clock = new TestClock();
  let one: TestApp;
  let two: TestApp;
  const settings = { SESSION_LIMIT: 'none', SESSION_IDLE_TIMEOUT: '31536000', SESSION_MAX_AGE: '31536000' };
  beforeAll(async () => {
    one = await startApp(engine, settings, undefined, clock);
    two = await startApp(engine, settings, one.store, clock);
  });
  afterAll(async () => {
    await two.close();
    await one.close();
  });

  const ROUNDS = byTier({ quick: 6, full: 6, long: 40 });
  const sweep = ({ app }: TestApp) => app.get(DeletionSweeper).sweep();

  it.each(['a cancellation', 'a login'])('%s comes wholly before it or wholly after it', async (what) => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id, mobile } = await one.api.createUser();
      const [owner, thief] = [new Client(two.api, LAPTOP), new Client(one.api, PHONE)];
      await owner.logIn(mobile);
      clock.advance(1000);
      await thief.logIn(mobile);
      expect((await thief.call('DELETE', '/v1/users/me', { currentPassword: PASSWORD })).status).toBe(202);
      // Without waking the sweepers, which are asked below.
      clock.offset += 14 * DAY;
      const cancelling = what === 'a login' ? owner.logIn(mobile) : owner.call('DELETE', '/v1/users/me/deletion');
      // Hashing takes a login longer than a sweep takes.
      if (what === 'a login' && round % 2) await cancelling;
      const [cancelled] = await Promise.all([cancelling, sweep(one), sweep(two)]);
      const granted = cancelled.status === 201 || cancelled.status === 204;
      if (!granted) expect(cancelled.body.code).toMatch(/^(session_user_deleted|invalid_credentials)$/);
      expect([await thief.state(), await owner.state()]).toEqual(
        Array(2).fill(granted ? 'live' : 'session_user_deleted'),
      );
      for (const { app } of [one, two]) await app.get(Outbox).idle();
      const entries = await one.app
        .get(AuditStore)
        .list({ userId: id, actor: null, type: null, before: null, limit: 100 });
      const outcomes = entries.map(({ type }) => type).filter((type) => /cancelled|deleted/.test(type));
      expect(outcomes).toEqual([granted ? 'deletion.cancelled' : 'user.deleted']);
    }
  });
});
