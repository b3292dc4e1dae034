import fc from 'fast-check';
import { assertPlainJson } from './json-body.js';

const nested = (levels: number) => {
  let value: object = {};
  for (let i = 1; i < levels; i++) value = i % 2 ? [value] : { a: value };
  return { a: value };
};

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, 0]));

const refusal = expect.objectContaining({ code: 'invalid_json', kind: 'invalid' });

describe('assertPlainJson', () => {
  it.each([
    ['nothing in it', {}],
    ['every kind of value', { a: null, b: [1, true, 'x', { c: [] }], d: '' }],
    ['other scripts and emoji', { नाम: 'आशा 👩‍🚀' }],
    ['32 levels', nested(31)],
    ['a thousand members', many(1000)],
  ])('takes an object with %s', (_, body) => {
    expect(() => assertPlainJson(body)).not.toThrow();
  });

  it.each([
    ['null', null],
    ['a list', []],
    ['a text', 'x'],
    ['a number', 1],
    ['33 levels', nested(33)],
    ['a hundred thousand levels', nested(100_000)],
    ['a thousand and one members', many(1001)],
    ['as many elements', { a: Array.from({ length: 1000 }, () => 0) }],
    ['as many here and there', { a: Array.from({ length: 500 }, () => [0]) }],
    ['NUL in a value', { a: ['x\0'] }],
    ['NUL in a name', { 'a\0': 1 }],
    ['half an emoji in a value', { a: { b: '\ud83d' } }],
    ['half an emoji in a name', { a: [{ '\udc69': 1 }] }],
  ])('refuses %s', (_, body) => {
    expect(() => assertPlainJson(body)).toThrow(refusal);
  });

  it('says nothing of the values', () => {
    expect(() => assertPlainJson({ password: 'hunter2\0' })).not.toThrow('hunter2');
  });

  it('finds a forbidden text wherever it stands', () => {
    const holder = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constant('bad\0'),
        tie('value').map((value) => ({ ok: 'text', value })),
        tie('value').map((value) => [1, value, null]),
      ),
    })).value;
    fc.assert(fc.property(holder, (value) => expect(() => assertPlainJson({ value })).toThrow(refusal)));
  });
});
