import { parseServiceKey } from './service-key.js';

const KEY = 'kJ3x9fQ2vB7mN1pL5sD8wR4tY6uH0zAc';
const ALL = ['login', 'introspect', 'end', 'users'];

describe('a service key', () => {
  it.each([
    [KEY, null, KEY, ALL],
    [`billing:${KEY}`, 'billing', KEY, ALL],
    [`billing:${KEY};login`, 'billing', KEY, ['login']],
    [`${KEY};introspect+end`, null, KEY, ['introspect', 'end']],
    [`${KEY};all`, null, KEY, ALL],
    [`${KEY};all+admins`, null, KEY, [...ALL, 'admins']],
    [`${KEY};users+users`, null, KEY, ['users']],
  ])('is read: %s', (entry, name, key, scopes) => {
    const read = parseServiceKey(entry)!;
    expect({ ...read, scopes: [...read.scopes].sort() }).toEqual({ name, key, scopes: [...scopes].sort() });
  });

  it.each([
    ['', `${KEY};`],
    ['a word that is no scope', `${KEY};billing`],
    ['a scope among others that are none', `${KEY};login+billing`],
    ['an empty part', `${KEY};login+`],
    ['another spelling', `${KEY};LOGIN`],
    ['a second suffix', `${KEY};login;billing`],
  ])('has a suffix that is part of the key: %s', (_, key) => {
    expect(parseServiceKey(key)).toEqual({ name: null, key, scopes: ALL });
  });

  it('has at most one suffix', () => {
    expect(parseServiceKey(`${KEY};end;login`)).toEqual({ name: null, key: `${KEY};end`, scopes: ['login'] });
  });

  it.each(['', 'k'.repeat(31), `${'k'.repeat(31)};login`, `a:b:${KEY}`, `${KEY} `, `na me:${KEY}`])(
    'is none: "%s"',
    (entry) => {
      expect(parseServiceKey(entry)).toBeNull();
    },
  );
});
