import { firstErasure, nextErasure } from './erasure.js';

const [HOUR, DAY] = [3_600_000, 86_400_000];
const DELETED = new Date('2026-03-01T12:00:00.000Z');
const later = (ms: number) => new Date(DELETED.getTime() + ms);

describe('erasing', () => {
  it('is due at once, after an hour, after four days, and then no more', () => {
    const first = firstErasure('user-1', DELETED);
    expect(first).toEqual({ userId: 'user-1', deletedAt: DELETED, dueAt: DELETED });
    const second = nextErasure(first)!;
    expect(second).toEqual({ ...first, dueAt: later(HOUR) });
    const third = nextErasure(second)!;
    expect(third).toEqual({ ...first, dueAt: later(4 * DAY) });
    expect(nextErasure(third)).toBeNull();
  });
});
