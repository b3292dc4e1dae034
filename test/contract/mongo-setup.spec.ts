import { getConnectionToken, getModelToken } from '@nestjs/mongoose';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import mongoose, { type Connection, type Model } from 'mongoose';
import { connectionOptions, refuseForgottenData, refuseUselessUri } from '../../src/storage/mongo/mongo-connection.js';
import { MongoIndexes } from '../../src/storage/mongo/mongo-indexes.js';
import { MIGRATIONS, type MongoMigration } from '../../src/storage/mongo/mongo-migrations.js';
import { MongoMigrator } from '../../src/storage/mongo/mongo-migrator.js';
import { MessageSchema } from '../../src/storage/mongo/mongo-message-schema.js';
import type { LiveSessionDocument, UserDocument } from '../../src/storage/mongo/mongo-account-schemas.js';
import type { SchemaStateDocument } from '../../src/storage/mongo/mongo-schemas.js';
import { PHONE } from '../support/api.js';
import { TestClock } from '../support/clock.js';
import { restore } from '../support/earlier-version.js';
import { eventually } from '../support/eventually.js';
import { beforeRows } from '../support/faults.js';
import { startServer, type TestServer } from '../support/server.js';
import { openStorage, type TestStorage } from '../support/storage.js';
import { ENGINES, newUntouchedMongoDatabase, type TestStore } from '../support/stores.js';

/** What is behind `LEASE` of MongoMigrator, in ms. */
const LEASE = 10_000;
/** And `LOOK_EVERY`, in ms. */
const LOOK_EVERY = 100;

(ENGINES.includes('mongo') ? describe : describe.skip)('mongo: a start', () => {
  let store: TestStore;
  let connection: Connection;
  let server: TestServer | undefined;
  const open: TestStorage[] = [];
  const use = async (given: TestStore) => {
    store = given;
    connection = await mongoose.createConnection(store.settings.MONGODB_URI!).asPromise();
  };
  beforeEach(() => use(newUntouchedMongoDatabase()));
  afterEach(async () => {
    await server?.end('SIGKILL');
    server = undefined;
    await Promise.all(open.splice(0).map((storage) => storage.close()));
    await connection.close();
    await store.dispose();
  });

  const start = async () => {
    server = await startServer(store);
    return server;
  };
  const openOne = async () => {
    const storage = await openStorage(store);
    open.push(storage);
    return storage;
  };
  const states = () => connection.collection<SchemaStateDocument>('schema');
  const users = () => connection.collection<UserDocument>('users');
  const rows = () => connection.collection<LiveSessionDocument>('live_sessions');

  describe('builds indexes', () => {
    /** A connection with an index to build, whose sockets are given up after so many ms without an answer. */
    const givingUp = async (socketTimeoutMS: number) => {
      const uri = store.settings.MONGODB_URI!;
      hasty = await mongoose.createConnection(uri, { ...connectionOptions(uri), socketTimeoutMS }).asPromise();
      hasty.model('Message', MessageSchema);
      // The build of an index over no documents does not hang.
      await connection.collection('messages').insertOne({ conversation: 'asha:ravi', seq: 1 });
      return hasty;
    };
    let hasty: Connection | undefined;
    afterEach(async () => {
      await hasty?.close();
      hasty = undefined;
    });

    it('and ends with the name of one that messages are numbered by', async () => {
      const message = { conversation: 'asha:ravi', seq: 1, from: 'asha', to: 'ravi', text: 'Hello' };
      await connection.collection('messages').insertMany([{ ...message }, { ...message }]);
      await expect(start()).rejects.toThrow(
        /^the service ended with 1:\nMongoDB cannot build the index conversation_1_seq_1 on messages: DuplicateKey\.\n$/,
      );
    });

    it('however long one of them takes', async () => {
      const admin = connection.getClient().db('admin');
      const hang = (mode: object | string) =>
        admin.command({ configureFailPoint: 'hangAfterStartingIndexBuild', mode });
      await hang('alwaysOn');
      const indexes = new MongoIndexes(await givingUp(300));
      const building = indexes.build();
      try {
        await Promise.race([building, delay(1500)]);
      } finally {
        await hang('off');
      }
      await building;
      expect(await connection.collection('messages').indexExists('conversation_1_seq_1')).toBe(true);
    });

    it('and serves without one that only speed needs, with a warning', async () => {
      const name = 'userId_1_createdAt_-1__id_-1';
      await connection.db!.collection('notifications').createIndex({ kind: 1 }, { name }, undefined);
      const started = await start();
      expect(started.output()).toContain(`"collection":"notifications","index":"${name}"`);
      const { id } = await started.api.createUser();
      await started.api.serviceLogin(id);
      const { token } = (await started.api.serviceLogin(id, { userAgent: PHONE })).body;
      const kinds = (await started.api.inbox(token, ({ length }) => length === 2)).map(({ kind }) => kind);
      expect(kinds.sort()).toEqual(['new_device', 'session_displaced']);
    });
  });

  it('refuses a replica set that is not the one of the hosts, at once', async () => {
    const uri = new URL(process.env.TEST_MONGODB_URI!);
    uri.searchParams.set('replicaSet', 'another');
    const refused = /^MONGODB_URI: no host belongs to the replica set that replicaSet names\.$/;
    await expect(refuseUselessUri(uri.href)).rejects.toThrow(refused);
    // One that does not answer may come yet.
    await refuseUselessUri('mongodb://127.0.0.1:1/?replicaSet=rs0');
  });

  it('refuses a user and password that the server refuses, at once', async () => {
    const uri = new URL(process.env.TEST_MONGODB_URI!);
    [uri.username, uri.password] = ['asha', 's3cret'];
    await expect(refuseUselessUri(uri.href)).rejects.toThrow(
      /^MONGODB_URI: the server refuses this user and password\.$/,
    );
    await refuseUselessUri(process.env.TEST_MONGODB_URI!);
  });

  describe('where MONGODB_URI names no database', () => {
    const NAMELESS = 'mongodb://user:secret@mongo.internal:27017/?replicaSet=rs0';
    /** The database of an earlier version, with one person. */
    const earlier = `oneseat-${randomUUID()}`;
    const leave = async (name: 'users' | 'identifiers', document: object) => {
      await connection.getClient().db(earlier).collection(name).insertOne(document);
    };
    const user = { version: 1, credentialVersion: 1 };
    afterEach(() => connection.getClient().db(earlier).dropDatabase());

    it('takes the database oneseat', async () => {
      const uri = new URL(process.env.TEST_MONGODB_URI!);
      uri.pathname = '/';
      const nameless = await mongoose.createConnection(uri.href, connectionOptions(uri.href)).asPromise();
      expect([nameless.name, nameless.db!.databaseName]).toEqual(['oneseat', 'oneseat']);
      await nameless.close();
    });

    it('ends where people would be left behind, and says how to keep them, but not where they are', async () => {
      await leave('users', user);
      await leave('identifiers', { nonce: randomUUID() });
      const refusal: unknown = await refuseForgottenData(NAMELESS, connection, earlier).catch(
        (error: unknown) => error,
      );
      expect(String(refusal)).toContain(`add /${earlier} behind its host`);
      expect(String(refusal)).not.toMatch(/secret|internal|\n/);
      await refuseForgottenData(NAMELESS.replace('/?', '/exams?'), connection, earlier);
    });

    it('goes on where there are people already, or nothing of ours', async () => {
      await leave('users', { name: 'of another application' });
      await leave('identifiers', { nonce: randomUUID() });
      await refuseForgottenData(NAMELESS, connection, earlier);
      await leave('users', user);
      await connection.collection('users').insertOne(user);
      await refuseForgottenData(NAMELESS, connection, earlier);
    });
  });

  describe('on a database of a newer version', () => {
    const leave = (oldest: number) =>
      states().insertOne({ _id: 'schema', version: 99, oldest, reached: null, lease: null });

    it('ends where only newer code may run, before it changes anything', async () => {
      await leave(99);
      await expect(start()).rejects.toThrow(
        /^the service ended with 1:\nThe database was written by a newer version of Oneseat\.\n$/,
      );
      expect((await connection.db!.listCollections().toArray()).map(({ name }) => name)).toEqual(['schema']);
    });

    it('serves beside newer nodes otherwise', async () => {
      await leave(MIGRATIONS.length);
      const { api } = await start();
      await api.createUser();
      expect(await states().findOne()).toMatchObject({ version: 99, oldest: MIGRATIONS.length });
    });
  });

  describe('on a database of version 0.1.0', () => {
    beforeEach(async () => {
      await connection.close();
      await store.dispose();
      await use(await restore('0.1.0', 'mongo'));
      await rows().deleteMany();
    });
    const liveSessions = async () => (await users().find().toArray()).flatMap(({ live }) => live);
    const listed = async () => (await rows().find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);

    it('lists every live session, though two nodes start at once, and never again', async () => {
      await Promise.all([openOne(), openOne()]);
      const live = await liveSessions();
      expect(live.length).toBeGreaterThan(10);
      expect(await listed()).toEqual(live.map(({ id }) => id).sort());
      const { id, userId, ip, device } = live[0]!;
      expect(await rows().findOne({ _id: id })).toEqual({ _id: id, userId, ip, deviceClass: device.class });
      expect(await states().findOne()).toMatchObject({ version: MIGRATIONS.length, lease: null });
      await rows().deleteOne({ _id: id });
      await openOne();
      expect(await listed()).not.toContain(id);
    });

    it('serves a session that a node of that version starts afterwards, without its row', async () => {
      const storage = await openOne();
      const [session] = await liveSessions();
      const later = { ...session!, id: randomUUID() };
      await users().updateOne({ _id: later.userId }, { $push: { live: later }, $inc: { version: 1 } });
      expect((await storage.sessions.find(later.userId, later.id))?.session).toEqual({
        ...later,
        provedAt: null,
        provedBy: null,
        askedFrom: null,
        rotation: null,
      });
      const own = {
        userId: later.userId,
        state: 'live',
        ip: null,
        deviceClass: null,
        before: null,
        limit: 100,
      } as const;
      expect((await storage.directory.listSessions(own)).map(({ id }) => id)).toContain(later.id);
      await rows().deleteMany();
      await states().deleteMany();
      await openOne();
      expect(await listed()).toContain(later.id);
    });
  });

  describe('migrates', () => {
    const PEOPLE = 450;
    let storage: TestStorage;
    let clock: TestClock;
    /** Where each part began, on whatever node. */
    let begun: (string | null)[];
    beforeEach(async () => {
      storage = await openOne();
      clock = new TestClock();
      begun = [];
      const ids = Array.from({ length: PEOPLE }, (_, index) => String(index).padStart(4, '0'));
      const live = (id: string) => [{ id: `session-${id}`, ip: '203.0.113.7', device: { class: 'desktop' } }];
      await users().insertMany(ids.map((_id) => ({ _id, live: live(_id) }) as never));
      await states().updateOne({ _id: 'schema' }, { $set: { version: 0 } });
    });
    const node = (migration: MongoMigration) => {
      const state = storage.context.get<Model<SchemaStateDocument>>(getModelToken('SchemaState'));
      return new MongoMigrator(storage.context.get(getConnectionToken()), state, clock, [migration]);
    };
    const listing: MongoMigration = (to, after, now) => {
      begun.push(after);
      return MIGRATIONS[0]!(to, after, now);
    };

    it('in parts, each once, however many nodes start at once', async () => {
      await Promise.all([node(listing).run(), node(listing).run(), node(listing).run()]);
      expect(begun).toEqual([null, '0199', '0399']);
      expect(await rows().countDocuments()).toBe(PEOPLE);
    });

    it('and lists no session that ends between the read of its person and the write of its row', async () => {
      const ended = 'session-0007';
      const live: object = { id: ended };
      beforeRows(storage, () => users().updateOne({ _id: '0007' }, { $pull: { live } }));
      await node(listing).run();
      expect(await rows().countDocuments()).toBe(PEOPLE - 1);
      expect(await rows().findOne({ _id: ended })).toBeNull();
    });

    it('on another node, from where it was, once the lease of one that died has run out', async () => {
      const dying: MongoMigration = async (to, after, now) => {
        if (after !== null) throw new Error('killed');
        return listing(to, after, now);
      };
      await expect(node(dying).run()).rejects.toThrow('killed');
      const { lease } = (await states().findOne())!;
      let done = false;
      const next = node(listing)
        .run()
        .then(() => (done = true));
      clock.advance(LEASE - 1000);
      await clock.pausing(LOOK_EVERY);
      expect([done, await states().findOne()]).toMatchObject([false, { version: 0, reached: '0199', lease }]);
      clock.advance(1000);
      await next;
      expect(begun).toEqual([null, '0199', '0399']);
      expect(await rows().countDocuments()).toBe(PEOPLE);
    });

    it('at once where a node that died had a clock that was far ahead, though not where clocks differ by less', async () => {
      const leaseUntil = (ms: number) =>
        states().updateOne(
          { _id: 'schema' },
          { $set: { lease: { by: 'dead', until: new Date(clock.now().getTime() + ms) } } },
        );
      clock.stop();
      await leaseUntil(2 * LEASE);
      const waiting = node(listing).run();
      await clock.pausing(LOOK_EVERY);
      expect(begun).toEqual([]);
      await leaseUntil(2 * LEASE + 1);
      await waiting;
      expect(begun).toEqual([null, '0199', '0399']);
    });

    it('not on a node that was taken for dead: what it still does is done twice, and nothing else', async () => {
      let wake: () => void = () => undefined;
      const frozen = new Promise<void>((resolve) => (wake = resolve));
      const freezing: MongoMigration = async (to, after, now) => {
        const reached = await listing(to, after, now);
        await frozen;
        return reached;
      };
      const first = node(freezing).run();
      await eventually(
        async () => begun.length,
        (length) => length === 1,
      );
      clock.advance(LEASE);
      await node(listing).run();
      wake();
      await first;
      expect(begun).toEqual([null, null, '0199', '0399']);
      expect(await states().findOne()).toMatchObject({ version: 1, reached: null, lease: null });
      expect(await rows().countDocuments()).toBe(PEOPLE);
    });
  });
});
