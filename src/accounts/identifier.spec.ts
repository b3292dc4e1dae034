import fc from 'fast-check';
import { isOwnIdentifier, parseIdentifier, parseMobile, toNationalForm } from './identifier.js';

const ASHA = '+919012345678';

describe('parseMobile', () => {
  it.each([
    ['E.164', '+919012345678'],
    ['the national form of the region', '9012345678'],
    ['the national form with its trunk prefix', '09012345678'],
    ['separators', '+91 (90123) 456-78'],
    ['separators of the national form', '90123 45678'],
  ])('takes %s', (_, text) => {
    expect(parseMobile(text, 'IN')).toBe(ASHA);
  });

  it('reads the national form of the region that it is told, and the international of any', () => {
    expect(parseMobile('07400 123456', 'GB')).toBe('+447400123456');
    expect(parseMobile('+44 7400 123456', 'IN')).toBe('+447400123456');
    expect(parseMobile(ASHA, 'GB')).toBe(ASHA);
    expect(parseMobile('9012345678', 'US')).toBe('+19012345678');
    expect(parseMobile('9012345678', 'SG')).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['too short a number', '901234'],
    ['too long a number', '90123456789012'],
    ['a number that nobody can have', '1012345678'],
    ['an unknown country', '+9999012345678'],
    ['letters before', 'asha9012345678'],
    ['letters after', '9012345678asha'],
    ['a number inside a text', 'call 9012345678 now'],
    ['a vanity number', '1-800-FLOWERS'],
    ['an extension of RFC 3966', '+919012345678;ext=5'],
    ['an extension in words', '9012345678 ext. 5'],
    ['an extension with x', '9012345678x5'],
    ['an extension with #', '9012345678#5'],
    ['a second number', '9012345678/9012345679'],
    ['a tel: link', 'tel:+919012345678'],
    ['digits of another script', '٩٠١٢٣٤٥٦٧٨'],
    ['a fullwidth plus', '＋919012345678'],
    ['a plus inside', '90+12345678'],
    ['an address', '9012345678@example.com'],
  ])('refuses %s', (_, text) => {
    expect(parseMobile(text, 'IN')).toBeNull();
  });

  it('gives E.164 or nothing, and the same for what it gave', () => {
    const chars = fc.constantFrom(...'0123456789+-(). ');
    fc.assert(
      fc.property(fc.string({ unit: chars, maxLength: 40 }), (text) => {
        const mobile = parseMobile(text, 'IN');
        if (mobile === null) return;
        expect(mobile).toMatch(/^\+[1-9]\d{5,14}$/);
        expect(parseMobile(mobile, 'US')).toBe(mobile);
      }),
    );
  });
});

describe('toNationalForm', () => {
  it('is the national number in the own region, else E.164', () => {
    expect(toNationalForm(ASHA, 'IN')).toBe('9012345678');
    expect(toNationalForm('+447400123456', 'IN')).toBe('+447400123456');
  });
});

describe('parseIdentifier', () => {
  it.each([
    ['asha@example.com', 'email', 'asha@example.com'],
    ['9012345678@example.com', 'email', '9012345678@example.com'],
    ['90123 45678', 'mobile', ASHA],
    ['+91 90123 45678', 'mobile', ASHA],
    ['asha', 'username', 'asha'],
    ['asha9012345678', 'username', 'asha9012345678'],
    ['901234', 'username', '901234'],
    ['9012345678;ext=5', 'username', '9012345678;ext=5'],
  ])('takes %s for a %s', (text, kind, value) => {
    expect(parseIdentifier(text, 'IN')).toEqual({ kind, value });
  });
});

describe('a password is one of its own identifiers', () => {
  const asha = { mobile: ASHA, username: 'Asha.Demo', email: 'Asha.D@Example.com' };

  it.each(['asha.demo', 'ASHA.DEMO', 'asha.d@example.com', 'ASHA.d', ASHA, '919012345678', '9012345678'])(
    '%s',
    (own) => {
      expect(isOwnIdentifier(own, asha)).toBe(true);
    },
  );

  it.each(['09012345678', '+91 (90123) 456-78', '90123-45678', '2345678'])('%s', (own) => {
    expect(isOwnIdentifier(own, asha)).toBe(true);
  });

  it.each(['asha.demo-7', 'demo', 'example.com', '9012345679', '345678', '0000-0000', 'x9012345678'])(
    'and %s is not',
    (other) => {
      expect(isOwnIdentifier(other, asha)).toBe(false);
    },
  );

  it('and is not one of somebody who has none', () => {
    expect(isOwnIdentifier('null', { mobile: null, username: null, email: null })).toBe(false);
  });
});
