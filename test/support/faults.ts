import { EventEmitter, once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { getConnectionToken } from '@nestjs/mongoose';
import mongoose, { type Connection } from 'mongoose';
import type { AccountEvent } from '../../src/accounts/index.js';
import type { ActivityStore } from '../../src/activity/index.js';
import { StoreUnavailableError } from '../../src/common/index.js';
import type { ImageUses } from '../../src/media/index.js';
import type { Outbox, OutboxStore } from '../../src/outbox/index.js';
import type { PersonalData } from '../../src/personal-data/index.js';
import type { Announcer } from '../../src/realtime/announcer.service.js';
import type { SessionStore } from '../../src/sessions/index.js';
import type { SqliteDatabase } from '../../src/storage/sqlite/sqlite-database.js';
import { usersOf } from './mongo-model.js';
import type { TestStorage } from './storage.js';

/** Whatever is broken in our own services by a test. Many a function returns what mends it. */

/** The next read of a session is made, but handed out only on `resume`. */
export function holdNextRead(sessions: SessionStore): { hasRead: Promise<unknown>; resume: () => void } {
  const gate = new EventEmitter();
  const hasRead = once(gate, 'read');
  const mend = replace(sessions, 'find', (find) => async (...given) => {
    mend();
    const found = await find(...given);
    const resumed = once(gate, 'resume');
    gate.emit('read');
    await resumed;
    return found;
  });
  return { hasRead, resume: () => void gate.emit('resume') };
}

/** No session of the user is found until it is mended; then all are that were asked for. */
export function holdReadsOf(sessions: SessionStore, userId: string): () => void {
  const { opened, open } = gateOf();
  const mend = replace(sessions, 'find', (find) => async (...given) => {
    if (given[0] === userId) await opened;
    return find(...given);
  });
  return () => {
    mend();
    open();
  };
}

/** This node tells its sockets of no end of a session: as where another node ended it, and is not heard. */
export function silenceEnds(announcer: Announcer): () => void {
  return replace(announcer, 'sessionEnded', () => () => undefined);
}

/** The store is gone for whoever removes activities. */
export function failRemoval(activities: ActivityStore): () => void {
  return replace(activities, 'removeOfUser', () => () => Promise.reject(new StoreUnavailableError()));
}

/** From the so many-th page of activities on, `act` happens before one is read. `asked` says how many were asked for. */
export function beforePage(activities: ActivityStore, page: number, act: () => Promise<unknown>) {
  let asked = 0;
  const mend = replace(activities, 'listOfUser', (list) => async (...given) => {
    if (++asked >= page) await act();
    return list(...given);
  });
  return { asked: () => asked, mend };
}

/** The store is gone from the so many-th page of activities on. */
export function failFromPage(activities: ActivityStore, page: number) {
  return beforePage(activities, page, () => Promise.reject(new StoreUnavailableError()));
}

/** What was handed on is not taken out so many times: all of it comes again. Returns how often it was tried. */
export function failRemovals(outbox: OutboxStore, times: number): () => number {
  let tries = 0;
  replace(outbox, 'remove', (remove) => async (...given) => {
    if (++tries <= times) throw new StoreUnavailableError();
    return remove(...given);
  });
  return () => tries;
}

/** One more listener, which throws where `refuses` says so. */
export function failListener(outbox: Outbox, refuses: (event: AccountEvent) => boolean): void {
  outbox.listen(async (event) => {
    if (refuses(event)) throw new Error(`no listener takes ${event.id}`);
  });
}

/** One more listener, which takes no event of the user until it is mended. */
export function holdListener(outbox: Outbox, userId: string): () => void {
  const { opened, open } = gateOf();
  outbox.listen(async (event) => {
    if (event.userId === userId) await opened;
  });
  return open;
}

/** One more room, which cannot erase so many times. `asked`, which several rooms may share, says whom each was asked to erase. */
export function failErasure(personalData: PersonalData, name: string, times = Infinity, asked: string[] = []) {
  let tries = 0;
  const erase = async (userId: string) => {
    asked.push(`${name} ${userId}`);
    if (++tries <= times) throw new Error(`${name} will not go`);
  };
  personalData.register({ name, erase });
  return { asked };
}

/** One more room, which takes until it is mended to erase the user. `erased` says whom it has erased. */
export function holdErasure(personalData: PersonalData, userId: string) {
  const { opened, open } = gateOf();
  const erased: string[] = [];
  const erase = async (id: string) => {
    if (id === userId) await opened;
    erased.push(id);
  };
  personalData.register({ name: 'held', erase });
  return { erased, mend: open };
}

/** It cannot be said whether the picture is in use. */
export function failImageUse(uses: ImageUses, imageId: string): void {
  uses.register(async ({ id }) => {
    if (id === imageId) throw new Error('cannot say now');
    return false;
  });
}

/** The disk cannot be written. */
export function readOnly(database: SqliteDatabase): () => void {
  database.get('PRAGMA query_only = ON');
  return () => void database.get('PRAGMA query_only = OFF');
}

/** MongoDB is out of reach for good. */
export function disconnect({ context }: TestStorage): Promise<void> {
  return context.get<Connection>(getConnectionToken()).getClient().close();
}

/** The next `times` reads of an account meet a broken line to MongoDB. */
export function breakReads(storage: TestStorage, times: number): () => void {
  let left = times;
  return replace(usersOf(storage), 'findById', (findById) => {
    const broken = (...given: Parameters<typeof findById>) => {
      const query = findById(...given);
      const fail = () => Promise.reject(new mongoose.mongo.MongoNetworkError('connection closed'));
      return left-- > 0 ? Object.assign(query, { lean: fail }) : query;
    };
    return broken as typeof findById;
  });
}

/** `act` happens after live sessions were read for the list of them, before their rows are written. */
export function beforeRows({ context }: TestStorage, act: () => Promise<unknown>): void {
  const { LiveSession } = context.get<Connection>(getConnectionToken()).models;
  const mend = replace(LiveSession!, 'bulkWrite', (write) => {
    return async (...given: Parameters<typeof write>) => {
      mend();
      await act();
      return write(...given);
    };
  });
}

/** No answer comes from MongoDB to the next update for which `isMeant` says so. */
export function silenceUpdate(storage: TestStorage, isMeant: (update: string) => boolean): void {
  const mend = replace(usersOf(storage), 'updateOne', (updateOne) => {
    const silent = (...given: Parameters<typeof updateOne>) => {
      if (!isMeant(JSON.stringify(given[1]))) return updateOne(...given);
      mend();
      const never = new Promise(() => undefined);
      return { exec: () => never, then: never.then.bind(never) };
    };
    return silent as typeof updateOne;
  });
}

/**
 * Breaks the line to MongoDB once, at the next commit of a change: `around` is given what sends it and decides whether it
 * arrives. Then the driver's network error is thrown, unless `around` does not return.
 */
export function breakNextCommit(storage: TestStorage, around: (send: () => Promise<unknown>) => Promise<void>): void {
  const mend = replace(usersOf(storage), 'updateOne', (updateOne) => {
    const broken = (...given: Parameters<typeof updateOne>) => {
      const query = updateOne(...given);
      if (!JSON.stringify(given[1]).includes('"commits"')) return query;
      mend();
      const exec = async () => {
        await around(() => query.exec());
        throw new mongoose.mongo.MongoNetworkError('connection closed');
      };
      return { exec };
    };
    return broken as typeof updateOne;
  });
}

/** A line to a server on which every answer comes late. */
export interface SlowLink {
  /** Of the server, by this line. */
  readonly url: string;
  /** From now on, in ms; 0 for at once. */
  delay(ms: number): void;
  close(): Promise<void>;
}

/** `url`: of the server, with its host and port. */
export async function slowLink(url: string): Promise<SlowLink> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let lateBy = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    keep(client);
    keep(upstream);
    client.pipe(upstream);
    upstream.on('data', (chunk) => void setTimeout(() => client.write(chunk), lateBy));
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const slow = new URL(url);
  slow.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  // Of a replica set the driver would ask for the members, and go to them past this line.
  slow.searchParams.delete('replicaSet');
  slow.searchParams.set('directConnection', 'true');
  return {
    url: slow.href,
    delay: (ms) => void (lateBy = ms),
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** `make` is given the intact method. Returns what puts it back. */
function replace<T extends object, M extends keyof T>(service: T, method: M, make: (intact: T[M]) => T[M]): () => void {
  const intact = service[method];
  service[method] = make((intact as (...given: never[]) => unknown).bind(service) as T[M]);
  return () => void (service[method] = intact);
}

function gateOf(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
