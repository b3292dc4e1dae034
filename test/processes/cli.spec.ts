import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PASSWORD } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { ENGINES, newStore, type TestStore } from '../support/stores.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLI = join(ROOT, 'scripts/oneseat.mjs');

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(
  settings: Readonly<Record<string, string>>,
  args: string[],
  stdin = '',
  command = [process.execPath, CLI],
): Promise<Run> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'test', ...settings };
  const [program, ...before] = command;
  const child = spawn(program!, [...before, ...args], { cwd: ROOT, env });
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.err += chunk.toString()));
  child.stdin.end(stdin);
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...output };
}

describe.each(ENGINES)('%s: the command line, while a server runs', (engine) => {
  let store: TestStore;
  let test: TestApp;
  let folder: string;
  beforeAll(async () => {
    store = newStore(engine);
    test = await startApp(engine, { SESSION_LIMIT: '5' }, store);
    folder = mkdtempSync(join(tmpdir(), 'oneseat-cli-'));
  });
  afterAll(async () => {
    await test.close();
    await store.dispose();
    rmSync(folder, { recursive: true });
  });
  const oneseat = (args: string[], stdin?: string) => run(store.settings, args, stdin);

  it('adds an administrator, whose password comes from stdin', async () => {
    const args = ['user', 'add', '--username', 'cli.admin', '--name', 'Cleo', '--admin'];
    const { code, out, err } = await oneseat(args, `${PASSWORD}\n`);
    expect([code, err]).toEqual([0, '']);
    const login = await test.api.login('cli.admin');
    expect(login.body.user).toMatchObject({ id: out.trim(), displayName: 'Cleo', role: 'admin' });
    const { token } = login.body;
    const read = async () => (await test.api.get(`/v1/admin/audit?userId=${out.trim()}`, { token })).body.items;
    const items = await eventually(read, (found) => found.some(({ type }: any) => type === 'user.created'));
    expect(items.find(({ type }: any) => type === 'user.created').actor).toEqual({ kind: 'system' });
  });

  it('locks a person by mobile and unlocks them by id', async () => {
    const { id, mobile } = await test.api.createUser();
    const { token } = (await test.api.serviceLogin(id)).body;
    expect(await oneseat(['user', 'lock', mobile])).toMatchObject({ code: 0, out: `${id} locked\n` });
    expect((await test.api.current(token)).body.code).toBe('session_user_locked');
    expect(await oneseat(['user', 'unlock', id])).toMatchObject({ code: 0, out: `${id} unlocked\n` });
    expect((await test.api.serviceLogin(id)).status).toBe(201);
  });

  it('lists sessions and ends one', async () => {
    const { id } = await test.api.createUser({ username: `cli-${engine}` });
    const oldest = (await test.api.serviceLogin(id)).body;
    const middle = (await test.api.serviceLogin(id)).body;
    const newest = (await test.api.serviceLogin(id)).body;
    const ids = async (...more: string[]) => {
      const { out } = await oneseat(['sessions', 'list', `CLI-${engine}`, ...more]);
      return out
        .trim()
        .split('\n')
        .map((line) => line.split('\t').slice(0, 2));
    };
    expect((await oneseat(['sessions', 'end', oldest.session.id])).code).toBe(0);
    expect((await test.api.current(oldest.token)).body.code).toBe('session_revoked_by_admin');
    const live = [
      [newest.session.id, 'live'],
      [middle.session.id, 'live'],
    ];
    expect(await Promise.all([ids(), ids('--all')])).toEqual([
      live,
      [...live, [oldest.session.id, 'revoked_by_admin']],
    ]);
  });

  it('finds the store sound', async () => {
    expect(await oneseat(['check'])).toMatchObject({ code: 0, out: 'configuration and store are sound\n' });
  });

  it(engine === 'sqlite' ? 'backs the store up, and overwrites nothing' : 'refuses to back MongoDB up', async () => {
    const file = join(folder, 'copy.db');
    const first = await oneseat(['backup', file]);
    if (engine === 'mongo') {
      expect(first).toMatchObject({ code: 1, err: expect.stringContaining('mongodump') });
      return;
    }
    expect(first).toMatchObject({ code: 0 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const bytes = readFileSync(file);
    expect(await oneseat(['backup', file])).toMatchObject({
      code: 1,
      err: expect.stringContaining('overwrites nothing'),
    });
    expect(readFileSync(file).equals(bytes)).toBe(true);
    const restored = await startApp('sqlite', { DATABASE_FILE: file }, store);
    expect((await restored.api.login('cli.admin')).status).toBe(201);
    await restored.close();
  });
});

/** A call takes seconds to load. Those that need not follow each other run side by side. */
describe('the command line', () => {
  it('prints a new service key, by its name too', async () => {
    const keys = await Promise.all([run({}, ['key', 'new']), run({}, ['key', 'new', 'billing'])]);
    expect(keys.map(({ code }) => code)).toEqual([0, 0]);
    expect(keys.map(({ out }) => /^([\w-]+):[\w-]{43}\n$/.exec(out)?.[1])).toEqual(['service', 'billing']);
  });

  it('says what is wrong with what it is given, and shows no password', async () => {
    const test = await startApp('sqlite');
    const { settings } = test.store;
    const [person, option, nobody, session, port] = await Promise.all([
      run(settings, ['user', 'add', '--mobile', '12'], 'hunter2'),
      run(settings, ['user', 'add', '--username', 'x.y.z', '--password', PASSWORD]),
      run(settings, ['user', 'lock', randomUUID()]),
      run(settings, ['sessions', 'end', randomUUID()]),
      run({ ...settings, PORT: 'x' }, ['check']),
    ]);
    await test.close();
    expect(person).toMatchObject({ code: 1, out: '', err: expect.not.stringContaining('hunter2') });
    expect(person.err).toContain('password: must have 8 to 128 characters');
    expect(option).toMatchObject({ code: 1 });
    expect(nobody).toMatchObject({ code: 1, err: 'There is no such user.\n' });
    expect(session.code).toBe(1);
    expect(port).toMatchObject({ code: 1, err: expect.stringContaining('PORT') });
  });

  it('finds a missing, a broken and an outdated store, and a MongoDB out of reach', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'oneseat-cli-'));
    const at = (name: string) => ({ DATABASE_FILE: join(folder, name) });
    writeFileSync(at('outdated').DATABASE_FILE, '');
    writeFileSync(at('broken').DATABASE_FILE, 'this is no database'.repeat(1000));
    const [missing, outdated, broken, away] = await Promise.all([
      run(at('missing'), ['check']),
      run(at('outdated'), ['check']),
      run(at('broken'), ['check']),
      run({ MONGODB_URI: 'mongodb://127.0.0.1:9/x' }, ['check']),
    ]);
    rmSync(folder, { recursive: true });
    expect([missing, outdated, broken, away].map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    expect(missing.out).toContain('there is no database file');
    expect(outdated.out).toContain('migrations are not applied');
    expect(broken.out).toContain('cannot be read');
    expect(away.out).toContain('MongoDB cannot be reached');
  });

  it('is run by npx from a clone', async () => {
    const { code, out } = await run({}, ['--help'], '', ['npx', '--no-install', 'oneseat']);
    expect([code, out]).toEqual([0, expect.stringMatching(/start[\s\S]+backup <file>[\s\S]+check/)]);
  });
});
