import { randomUUID } from 'node:crypto';
import { isHint, MAX_PEOPLE, type Hint } from './hint.js';
import { hintKey, keyIdOf, seal, unseal, type Envelope } from './sealed-hint.js';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const KEY = hintKey('k'.repeat(43));
const [id, other, question, node] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

const HINTS: { readonly [A in Hint['about']]: Extract<Hint, { about: A }> } = {
  'session.started': { about: 'session.started', userId: id, id: other },
  'session.ended': { about: 'session.ended', userId: id, id: other },
  'notification.created': { about: 'notification.created', userId: id, id: other },
  'message.created': { about: 'message.created', from: id, to: other, seq: 1 },
  'messages.missed': { about: 'messages.missed' },
  'message.read': { about: 'message.read', id },
  typing: { about: 'typing', from: id, to: other },
  presence: { about: 'presence', person: id, node },
  'presence.asked': { about: 'presence.asked', question, people: [id, other] },
  'presence.answered': { about: 'presence.answered', question, people: [] },
};

const enveloped = (hint: unknown, more: object = {}) =>
  ({ node, seq: 1, at: NOW.getTime(), hint, ...more }) as unknown as Envelope;

describe('a sealed hint', () => {
  it.each(Object.values(HINTS))('comes out as it went in: $about', (hint) => {
    const text = seal(KEY, enveloped(hint));
    expect(keyIdOf(text)).toBe(KEY.id);
    expect(unseal(KEY, text, NOW)).toEqual(enveloped(hint));
  });

  it('is found within the size that is taken, though it asks for as many people as it may', () => {
    const people = Array.from({ length: MAX_PEOPLE }, () => randomUUID());
    const hint = { about: 'presence.asked', question, people };
    expect(unseal(KEY, seal(KEY, enveloped(hint)), NOW)).toEqual(enveloped(hint));
  });

  it('does not show its key', () => {
    expect(seal(KEY, enveloped(HINTS.presence))).not.toContain(KEY.secret.slice(0, 8));
  });

  const text = seal(KEY, enveloped(HINTS['session.ended']));
  const json = text.slice(text.indexOf('{'));
  it.each([
    ['another key', seal(hintKey('another'), enveloped(HINTS['session.ended']))],
    ['another person in it', text.replace(id, randomUUID())],
    ['a later time in it', text.replace(`${NOW.getTime()}`, `${NOW.getTime() + 1}`)],
    ['the MAC of another hint', seal(KEY, enveloped(HINTS.presence)).replace(/\{.*/, json)],
    ['no JSON behind a wrong MAC', `${KEY.id}.${'A'.repeat(43)}.{`],
  ])('is forged with %s', (_, forged) => {
    expect(unseal(KEY, forged, NOW)).toBe('forged');
  });

  it.each([-30_001, 30_001])('is stale %d ms away', (away) => {
    expect(unseal(KEY, text, new Date(NOW.getTime() + away))).toBe('stale');
    expect(unseal(KEY, text, new Date(NOW.getTime() + away - Math.sign(away)))).toEqual(expect.any(Object));
  });

  it.each([
    '',
    'x',
    '{}',
    json,
    `.${json}`,
    `${KEY.id}.${json}`,
    `${KEY.id}..${json}`,
    `${KEY.id}.${'!'.repeat(43)}.${json}`,
  ])('is no text such as %j', (other) => {
    expect(unseal(KEY, other, NOW)).toBe('misshapen');
  });

  it('is too large beyond 12,000 characters, whatever it holds', () => {
    expect(unseal(KEY, seal(KEY, enveloped({ padding: 'a'.repeat(12_000) })), NOW)).toBe('too_large');
  });

  it.each([
    ['no number', enveloped(HINTS.presence, { seq: '1' })],
    ['a broken number', enveloped(HINTS.presence, { seq: 1.5 })],
    ['no time', enveloped(HINTS.presence, { at: null })],
    ['a name in place of the node', enveloped(HINTS.presence, { node: 'node-1' })],
    ['no hint', enveloped(undefined)],
    ['null', null as unknown as Envelope],
    ['a list', [] as unknown as Envelope],
  ])('is misshapen with %s, though the key is right', (_, envelope) => {
    expect(unseal(KEY, seal(KEY, envelope), NOW)).toBe('misshapen');
  });
});

describe('isHint', () => {
  const cases = Object.values(HINTS).flatMap((hint) => {
    const { about, ...members } = hint;
    const names = Object.keys(members);
    const without = names.map((name) => ({ ...hint, [name]: undefined }));
    const wrong = names.flatMap((name) =>
      ['', 'x', 0, -1, 1.5, null, true, {}, [''], ['x'], [null]].map((value) => ({ ...hint, [name]: value })),
    );
    return [...without, ...wrong, { ...hint, token: 'x' }, { ...hint, about: `${about}x` }];
  });

  it.each(cases)('takes no %j', (value) => {
    expect(isHint(value)).toBe(false);
  });

  it.each([null, undefined, 1, 'presence', [], {}, { about: 'toString' }, { about: '__proto__' }, { about: null }])(
    'takes no %j',
    (value) => {
      expect(isHint(value)).toBe(false);
    },
  );

  it('takes no more people than may be asked about', () => {
    const people = Array.from({ length: MAX_PEOPLE + 1 }, () => id);
    expect(isHint({ about: 'presence.asked', question, people })).toBe(false);
  });
});
