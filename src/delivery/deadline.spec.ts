import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Clock } from '../common/index.js';
import { withDeadline } from './deadline.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const aborted = (signal: AbortSignal): Promise<unknown> =>
  signal.aborted ? Promise.resolve() : once(signal, 'abort').then(() => 'broken off');
const never = () => new AbortController().signal;

describe('withDeadline', () => {
  it('breaks off what takes too long, also where garbage is collected meanwhile', async () => {
    const litter = setInterval(collectGarbage, 10);
    const work = withDeadline(new Clock(), 150, never(), aborted);
    expect(await Promise.race([work, new Promise((resolve) => setTimeout(resolve, 2000, 'goes on'))])).toBe(
      'broken off',
    );
    clearInterval(litter);
  });

  it('breaks off with the outer signal, also one that has fired before', async () => {
    const outer = new AbortController();
    const work = withDeadline(new Clock(), 60_000, outer.signal, aborted);
    outer.abort();
    expect(await work).toBe('broken off');
    expect(await withDeadline(new Clock(), 60_000, outer.signal, async (signal) => signal.aborted)).toBe(true);
  });

  it('leaves what is in time alone, and hands on its error', async () => {
    expect(await withDeadline(new Clock(), 60_000, never(), async (signal) => signal.aborted)).toBe(false);
    const work = withDeadline(new Clock(), 60_000, never(), () => Promise.reject(new Error('of the work')));
    await expect(work).rejects.toThrow('of the work');
  });
});
