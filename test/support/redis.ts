import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { Redis } from 'ioredis';
import { eventually } from './eventually.js';
import { freePort } from './ports.js';

/** `test/support/global-setup.js` says so where it is not. */
export const REDIS_INSTALLED = spawnSync('redis-server', ['--version']).status === 0;

/** A Redis of the test's own, which it may stop and start again. */
export class TestRedis {
  private child!: ChildProcess;

  private constructor(private readonly port: number) {}

  static async start(): Promise<TestRedis> {
    const redis = new TestRedis(await freePort());
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Resolves once it takes commands. */
  async start(): Promise<void> {
    const settings = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.child = spawn('redis-server', settings, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const chunk of this.child.stdout!) if (String(chunk).includes('Ready to accept connections')) break;
  }

  /** As a machine that freezes: connections stay open, nothing answers. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}

/** Resolves once so many nodes listen on that Redis. */
export async function untilListening(url: string, nodes: number): Promise<void> {
  const client = new Redis(url);
  const count = async () => {
    const [, listening] = (await client.pubsub('NUMSUB', 'oneseat:hints')) as [string, number];
    return listening;
  };
  await eventually(count, (listening) => listening === nodes);
  client.disconnect();
}
