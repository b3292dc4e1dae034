import { StoreContendedError, StoreUnavailableError } from './app-error.js';
import { KeyedQueue } from './keyed-queue.js';

/** Tasks that end when they are told to; `ran` has those that have begun. */
function tasks() {
  const queue = new KeyedQueue();
  const ran: string[] = [];
  const add = (name: string, giveUpAt?: number) => {
    let end: (error?: Error) => void = () => undefined;
    const ending = new Promise<void>((resolve, reject) => (end = (error) => (error ? reject(error) : resolve())));
    const task = async () => {
      ran.push(name);
      await ending;
      return name;
    };
    return { done: queue.run('key', task, giveUpAt), end };
  };
  return { queue, ran, add };
}

const soon = () => performance.now() + 20;
const late = () => performance.now() + 60_000;

describe('KeyedQueue', () => {
  it('runs the tasks of one key one after the other, and those of another beside them', async () => {
    const { queue, ran, add } = tasks();
    const [one, two, three] = [add('one'), add('two'), add('three')];
    expect(await queue.run('other key', async () => 'beside')).toBe('beside');
    expect(ran).toEqual(['one']);
    three.end();
    two.end();
    one.end();
    expect(await Promise.all([one.done, two.done, three.done])).toEqual(['one', 'two', 'three']);
    expect(ran).toEqual(['one', 'two', 'three']);
  });

  it('lets nobody wait beyond their time: they are told at once, and never run', async () => {
    const { ran, add } = tasks();
    const [one, two, three] = [add('one', soon()), add('two', soon()), add('three', late())];
    await expect(two.done).rejects.toThrow(StoreContendedError);
    expect(ran).toEqual(['one']);
    one.end();
    three.end();
    expect(await Promise.all([one.done, three.done])).toEqual(['one', 'three']);
    expect(ran).toEqual(['one', 'three']);
  });

  it('runs nobody whose time has passed though nothing could tell them so yet', async () => {
    const { ran, add } = tasks();
    const giveUpAt = soon();
    const [one, two] = [add('one'), add('two', giveUpAt)];
    // As one long statement does.
    while (performance.now() < giveUpAt);
    one.end();
    await expect(two.done).rejects.toThrow(StoreContendedError);
    expect(ran).toEqual(['one']);
  });

  it('fails those in the line with one that finds the store gone, and then goes on', async () => {
    const { ran, add } = tasks();
    const [one, two, three] = [add('one'), add('two'), add('three', late())];
    const gone = new StoreUnavailableError();
    one.end(gone);
    for (const { done } of [one, two, three]) await expect(done).rejects.toBe(gone);
    const four = add('four');
    four.end();
    expect(await four.done).toBe('four');
    expect(ran).toEqual(['one', 'four']);
  });
});
