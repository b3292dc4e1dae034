import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { decodeCursor, encodeCursor, PageQuery, toPage } from './page.js';

const faults = (query: object) => validateSync(plainToInstance(PageQuery, query)).map(({ property }) => property);

describe('toPage', () => {
  const rows = Array.from({ length: 4 }, () => ({ id: uuidv7() }));

  it('points to the last item shown where there are more', () => {
    const page = toPage(rows, 3, ({ id }) => id);
    expect(page.items).toEqual(rows.slice(0, 3).map(({ id }) => id));
    expect(decodeCursor(page.nextCursor!)).toBe(rows[2]!.id);
  });

  it('is the last one where the list ends with it', () => {
    expect(toPage(rows, 4, ({ id }) => id)).toEqual({ items: rows.map(({ id }) => id), nextCursor: null });
    expect(toPage([], 4, () => 0)).toEqual({ items: [], nextCursor: null });
  });
});

describe('the cursor', () => {
  it('leads back to the id, and is one that a query takes', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const cursor = encodeCursor(id);
        expect(decodeCursor(cursor)).toBe(id);
        expect(cursor).not.toContain(id);
        expect(faults({ cursor })).toEqual([]);
      }),
    );
    expect(decodeCursor(undefined)).toBeNull();
  });

  it('of any text that a query takes is an id, whoever made it up', () => {
    const letters = fc.constantFrom(...'ABCxyz019-_');
    fc.assert(
      fc.property(fc.string({ unit: letters, minLength: 22, maxLength: 22 }), (cursor) => {
        expect(decodeCursor(cursor)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      }),
    );
  });
});

describe('PageQuery', () => {
  it('defaults to 20 and takes 1 to 100', () => {
    expect(plainToInstance(PageQuery, {})).toMatchObject({ limit: 20 });
    expect(plainToInstance(PageQuery, { limit: '100' })).toMatchObject({ limit: 100 });
    expect(faults({ limit: '1' })).toEqual([]);
  });

  it.each(['0', '101', '-1', '1.5', 'ten', '', 'NaN', '1e9', ['1', '2'], { $gt: '' }])(
    'refuses the limit %j',
    (limit) => {
      expect(faults({ limit })).toEqual(['limit']);
    },
  );

  it.each(['', 'x', 'A'.repeat(21), 'A'.repeat(23), `${'A'.repeat(21)}+`, ['A'.repeat(22)], { $ne: null }])(
    'refuses the cursor %j',
    (cursor) => {
      expect(faults({ cursor })).toEqual(['cursor']);
    },
  );
});
