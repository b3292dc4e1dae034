/**
 * How long, in ms, the process answered nobody while `work` was done: each time between two turns of its loop, the longest
 * first. Time in which the machine gave the process no processor is not counted: that says nothing of the work.
 */
export async function stallsDuring(work: () => Promise<unknown>): Promise<number[]> {
  const stalls: number[] = [];
  let working = true;
  let [since, usedBefore] = [performance.now(), process.cpuUsage()];
  const turn = () => {
    const [now, { user, system }] = [performance.now(), process.cpuUsage(usedBefore)];
    stalls.push(Math.min(now - since, (user + system) / 1000));
    [since, usedBefore] = [performance.now(), process.cpuUsage()];
    if (working) setImmediate(turn);
  };
  setImmediate(turn);
  try {
    await work();
  } finally {
    working = false;
  }
  return stalls.sort((a, b) => b - a);
}
