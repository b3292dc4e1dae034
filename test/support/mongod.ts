import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { eventually } from './eventually.js';
import { freePort } from './ports.js';

const { MongoClient } = mongoose.mongo;
type Document = mongoose.mongo.Document;

const MONGOD = process.env.TEST_MONGOD ?? 'mongod';

/** `test/support/global-setup.js` says so where it is not. */
export const MONGOD_INSTALLED = spawnSync(MONGOD, ['--version']).status === 0;

const NAME = 'rs0';
/** ms without a word from the primary after which another member stands for election, and for which it then waits for a member that is silent. */
const SILENCE = 2000;
/** ms for what a busy machine may take over a start or an election. */
const PATIENCE = 30_000;

/** One server of a replica set. */
export class Member {
  private child!: ChildProcess;
  private client: mongoose.mongo.MongoClient | null = null;
  private frozen = false;

  constructor(
    readonly port: number,
    private readonly folder: string,
  ) {
    mkdirSync(folder);
  }

  /** Resolves once it answers. On the data that it had before. */
  async start(): Promise<void> {
    const place = ['--port', String(this.port), '--bind_ip', '127.0.0.1', '--dbpath', this.folder];
    const size = ['--wiredTigerCacheSizeGB', '0.25', '--oplogSize', '64'];
    const test = ['--setParameter', 'enableTestCommands=1', '--setParameter', 'diagnosticDataCollectionEnabled=false'];
    const log = join(this.folder, 'log');
    const settings = ['--replSet', NAME, ...place, ...size, ...test, '--logpath', log, '--logappend'];
    this.child = spawn(MONGOD, settings, { stdio: 'ignore' });
    this.client = await eventually(
      () => this.connect(),
      (client) => client !== null || this.isGone,
      PATIENCE,
    );
    const said = () => readFileSync(log, 'utf8').split('\n').slice(-5).join('\n');
    if (!this.client) throw new Error(`mongod does not start:\n${said()}`);
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    if (this.isGone) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
    await this.client?.close();
    this.client = null;
  }

  /** As a machine that freezes: connections stay open, nothing answers. */
  freeze(): void {
    this.frozen = true;
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.frozen = false;
    this.child.kill('SIGCONT');
  }

  /** Copies nothing more from the primary, and still votes for it: what is written stays with the primary alone. */
  async stopCopying(): Promise<void> {
    await this.command({ configureFailPoint: 'stopReplProducer', mode: 'alwaysOn' });
  }

  async copyAgain(): Promise<void> {
    await this.command({ configureFailPoint: 'stopReplProducer', mode: 'off' });
  }

  async command(command: Document): Promise<Document> {
    if (!this.client) throw new Error(`nothing answers on port ${this.port}`);
    return this.client.db('admin').command(command);
  }

  /** What it thinks that it is; null while it does not answer. */
  async hello(): Promise<Document | null> {
    return this.frozen ? null : this.command({ hello: 1 }).catch(() => null);
  }

  private connect(): Promise<mongoose.mongo.MongoClient | null> {
    const options = { directConnection: true, serverSelectionTimeoutMS: 1000 };
    return MongoClient.connect(`mongodb://127.0.0.1:${this.port}/`, options).catch(() => null);
  }

  private get isGone(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}

/** A replica set of the test's own, whose members it may kill, start again, freeze and thaw. */
export class TestReplicaSet {
  private constructor(
    private readonly folder: string,
    readonly members: readonly Member[],
  ) {}

  /** Resolves once there is a primary, and all others follow it. */
  static async start(count = 3): Promise<TestReplicaSet> {
    // Where there is memory-backed storage, no member waits for a disk.
    const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'oneseat-mongod-'));
    const ports: number[] = [];
    for (let index = 0; index < count; index++) ports.push(await freePort());
    const set = new TestReplicaSet(
      folder,
      ports.map((port) => new Member(port, join(folder, String(port)))),
    );
    try {
      await Promise.all(set.members.map((member) => member.start()));
      const members = ports.map((port, _id) => ({ _id, host: `127.0.0.1:${port}` }));
      const settings = { electionTimeoutMillis: SILENCE, heartbeatTimeoutSecs: SILENCE / 1000 };
      await set.members[0]!.command({ replSetInitiate: { _id: NAME, members, settings } });
      await set.untilComplete();
      return set;
    } catch (error) {
      await set.end();
      throw error;
    }
  }

  /** Of a database in it. */
  uri(database: string): string {
    return `mongodb://${this.members.map(({ port }) => `127.0.0.1:${port}`).join()}/${database}?replicaSet=${NAME}`;
  }

  /** Once there is one. */
  async primary(): Promise<Member> {
    const find = async () => (await this.inState('isWritablePrimary'))[0];
    const primary = await eventually(find, (found) => found !== undefined, PATIENCE);
    if (!primary) throw new Error('the replica set has no primary');
    return primary;
  }

  /** Resolves once one is the primary and all others follow it. */
  async untilComplete(): Promise<void> {
    const count = async () => [
      (await this.inState('isWritablePrimary')).length,
      (await this.inState('secondary')).length,
    ];
    const complete = [1, this.members.length - 1].join();
    const found = await eventually(count, (counts) => counts.join() === complete, PATIENCE);
    if (found.join() !== complete) throw new Error(`the replica set has ${found.join(' primary and ')} secondaries`);
  }

  async end(): Promise<void> {
    await Promise.all(this.members.map((member) => member.kill()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async inState(state: 'isWritablePrimary' | 'secondary'): Promise<Member[]> {
    const states = await Promise.all(this.members.map((member) => member.hello()));
    return this.members.filter((_, index) => states[index]?.[state]);
  }
}
