import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { Clock, KeyStore, StoreUnavailableError } from '../common/index.js';
import type { Metrics } from '../metrics/index.js';
import { HintSeal } from './hint-seal.service.js';
import type { Hint } from './hint.js';

Logger.overrideLogger(false);

const HINT: Hint = { about: 'presence', person: randomUUID(), node: randomUUID() };

/** One key in memory, which may be replaced or out of reach. */
class Keys extends KeyStore {
  reads = 0;
  away = false;

  constructor(public value: string) {
    super();
  }

  async getOrCreate(): Promise<string> {
    this.reads += 1;
    if (this.away) throw new StoreUnavailableError(new Error('away'));
    return this.value;
  }
}

function node(keys: Keys) {
  const dropped: string[] = [];
  const metrics = { hintDropped: (reason: string) => dropped.push(reason) } as unknown as Metrics;
  return { seal: new HintSeal(keys, new Clock(), metrics), dropped };
}

describe('HintSeal', () => {
  it('opens what another node has closed, once, and not its own', async () => {
    const keys = new Keys('one');
    const [a, b] = [node(keys), node(keys)];
    const [first, second] = [await a.seal.close(HINT), await a.seal.close(HINT)];
    expect(await a.seal.open(first)).toBeNull();
    expect(await b.seal.open(second)).toEqual(HINT);
    // One that was overtaken is taken for a replay: Redis keeps the order of one node's hints.
    expect([await b.seal.open(second), await b.seal.open(first)]).toEqual([null, null]);
    expect([a.dropped, b.dropped]).toEqual([[], ['replayed', 'replayed']]);
  });

  it('asks the store for a key that it does not know, at most once a second', async () => {
    const [mine, theirs] = [new Keys('one'), new Keys('two')];
    const [here, there] = [node(mine), node(theirs)];
    for (let i = 0; i < 100; i++) expect(await here.seal.open(await there.seal.close(HINT))).toBeNull();
    expect(here.dropped).toEqual(Array.from({ length: 100 }, () => 'unknown_key'));
    // Its own, and one look for the other.
    expect(mine.reads).toBe(2);
  });

  it('takes a key that has replaced its own', async () => {
    const mine = new Keys('one');
    const [here, there] = [node(mine), node(new Keys('two'))];
    await here.seal.close(HINT);
    mine.value = 'two';
    expect(await here.seal.open(await there.seal.close(HINT))).toEqual(HINT);
  });

  it('goes on with the key that it knows while the store is away', async () => {
    const mine = new Keys('one');
    const [here, there, stranger] = [node(mine), node(new Keys('one')), node(new Keys('two'))];
    await here.seal.close(HINT);
    mine.away = true;
    await expect(here.seal.open(await stranger.seal.close(HINT))).rejects.toThrow(StoreUnavailableError);
    expect(await here.seal.open(await there.seal.close(HINT))).toEqual(HINT);
  });
});
