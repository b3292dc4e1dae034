import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Command } from 'commander';
import { CliModule } from './cli/cli.module.js';
import { Operations } from './cli/operations.service.js';
import { readPassword } from './cli/password-input.js';
import { describeError, describeSession, print } from './cli/print.js';
import { newSecret } from './common/index.js';
import { loadConfig } from './config/index.js';
import { StoreMaintenance } from './storage/index.js';
import { MaintenanceModule } from './storage/maintenance.module.js';

const program = new Command('oneseat').description('Runs Oneseat, and operates a store that it runs on.');

program
  .command('start')
  .description('serve, as npm start does')
  .action(async () => {
    await import('./main.js');
  });

const user = program.command('user').description('people');
user
  .command('add')
  .description('create a person; the password is asked for, or the first line of stdin')
  .option('--mobile <number>')
  .option('--username <name>')
  .option('--email <address>')
  .option('--name <name>', 'as others see them')
  .option('--admin', 'as an administrator', false)
  .action(async (given: Record<'mobile' | 'username' | 'email' | 'name', string | undefined> & { admin: boolean }) => {
    const { admin, name, ...identifiers } = given;
    const password = await readPassword();
    const person = { ...identifiers, password, ...(name !== undefined && { displayName: name }) };
    print(await operate(async (operations) => (await operations.addUser(person, admin)).id));
  });
for (const [verb, locked] of [
  ['lock', true],
  ['unlock', false],
] as const) {
  user
    .command(`${verb} <user>`)
    .description(locked ? 'end every session of a person, and let them start none' : 'let a person log in again')
    .action(async (person: string) => {
      const { id } = await operate((operations) => operations.setLocked(person, locked));
      print(`${id} ${locked ? 'locked' : 'unlocked'}`);
    });
}

const sessions = program.command('sessions').description('sessions');
sessions
  .command('list <user>')
  .description('the live sessions of a person: by id, mobile, e-mail or username')
  .option('--all', 'the ended ones too', false)
  .action(async (person: string, { all }: { all: boolean }) => {
    const found = await operate((operations) => operations.listSessions(person, all ? 'all' : 'live'));
    for (const session of found) print(describeSession(session));
  });
sessions
  .command('end <id>')
  .description('end one session')
  .action(async (id: string) => {
    await operate((operations) => operations.endSession(id));
    print(`${id} ended`);
  });

program
  .command('key')
  .description('service keys')
  .command('new [name]')
  .description('print a new key for SERVICE_KEYS')
  .action((name: string = 'service') => {
    if (!/^[\w-]+$/.test(name)) throw new Error('a name has letters, digits, _ and -');
    print(`${name}:${newSecret()}`);
  });

program
  .command('backup <file>')
  .description('copy the SQLite store to a new file while the server runs')
  .action(async (file: string) => {
    await maintain((store) => store.backUp(file));
    print(`${file} written`);
  });

program
  .command('check')
  .description('look for faults in the configuration and the store; exit code 1 where there are any')
  .action(async () => {
    const [faults, notes] = await maintain((store) => Promise.all([store.findFaults(), store.findNotes()]));
    for (const fault of faults) print(`fault: ${fault}`);
    for (const note of notes) print(`note: ${note}`);
    if (faults.length === 0) print('configuration and store are sound');
    process.exitCode = faults.length === 0 ? 0 : 1;
  });

const NEST = { logger: ['error', 'warn'], abortOnError: false } satisfies Parameters<
  typeof NestFactory.createApplicationContext
>[1];

async function operate<T>(work: (operations: Operations) => Promise<T>): Promise<T> {
  const context = await NestFactory.createApplicationContext(CliModule.with(loadConfig()), NEST);
  try {
    return await work(context.get(Operations));
  } finally {
    await context.close();
  }
}

async function maintain<T>(work: (store: StoreMaintenance) => Promise<T>): Promise<T> {
  const context = await NestFactory.createApplicationContext(MaintenanceModule.with(loadConfig()), NEST);
  return work(context.get(StoreMaintenance));
}

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 1;
}
