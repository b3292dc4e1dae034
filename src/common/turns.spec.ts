import { Turns } from './turns.js';

describe('Turns', () => {
  it('come to so many at once, and to the next when one has ended', async () => {
    const turns = new Turns(2);
    const ends: (() => void)[] = [];
    const begin = () => turns.begin(() => new Promise((resolve) => ends.push(resolve)));
    await begin();
    await begin();
    let begun = false;
    const third = begin().then(() => (begun = true));
    await new Promise(setImmediate);
    expect([ends.length, begun]).toEqual([2, false]);
    ends[1]!();
    await third;
    expect(ends).toHaveLength(3);
  });

  it('are idle when all have ended', async () => {
    const turns = new Turns(1);
    let ended = 0;
    const work = async () => {
      await new Promise(setImmediate);
      ended += 1;
    };
    for (let i = 0; i < 3; i++) void turns.begin(work);
    await turns.idle();
    expect(ended).toBe(3);
    await turns.idle();
  });
});
