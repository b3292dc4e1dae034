import fc from 'fast-check';
import {
  assertTextable,
  isOwnIdentifier,
  normalizeEmail,
  parseIdentifier,
  parseMobile,
  readIdentifier,
  toNationalForm,
} from './identifier.js';

const ASHA = '+919012345678';

describe('parseMobile', () => {
  it.each([
    ['E.164', '+919012345678'],
    ['the national form of the region', '9012345678'],
    ['the national form with its trunk prefix', '09012345678'],
    ['separators', '+91 (90123) 456-78'],
    ['separators of the national form', '90123 45678'],
    ['blanks around it', ' \t+919012345678\n'],
    ['directional marks of an address book', '\u202a+91 90123 45678\u202c'],
    ['non-breaking hyphens', '(+91) 90123\u201145678'],
    ['an en dash', '+91 90123\u201345678'],
    ['a minus sign', '+91 90123\u221245678'],
    ['narrow no-break spaces', '+91\u202f90123\u202f45678'],
    ['an ideographic space', '+91\u300090123 45678'],
    ['a zero-width space', '+91\u200b9012345678'],
    ['a byte order mark', '\ufeff+919012345678'],
    ['digits of another script', '٩٠١٢٣٤٥٦٧٨'],
    ['full-width digits', '＋９１９０１２３４５６７８'],
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

describe('normalizeEmail', () => {
  it.each([
    ['blanks around it', ' asha@example.com\n', 'asha@example.com'],
    ['a right-to-left override', 'asha\u202e@example.com', 'asha@example.com'],
    ['a right-to-left mark', 'asha\u200f@example.com', 'asha@example.com'],
    ['an isolate', '\u2066asha@example.com\u2069', 'asha@example.com'],
    ['a byte order mark', '\ufeffasha@example.com', 'asha@example.com'],
    ['a zero-width space', 'as\u200bha@example.com', 'asha@example.com'],
    ['a soft hyphen', 'asha@exam\u00adple.com', 'asha@example.com'],
    ['a Hangul filler', 'asha\u3164@example.com', 'asha@example.com'],
    ['a variation selector', 'asha\ufe0f@example.com', 'asha@example.com'],
    ['a non-breaking hyphen', 'asha\u2011r@example.com', 'asha-r@example.com'],
    ['full-width letters', 'ａｓｈａ＠example.com', 'asha@example.com'],
    ['a letter and its accent', 'jose\u0301@example.com', 'jos\u00e9@example.com'],
    ['the Kelvin sign', '\u212aim@example.com', 'Kim@example.com'],
    ['Punycode', 'x@xn--bcher-kva.example', 'x@bücher.example'],
    ['Punycode in capitals', 'x@XN--BCHER-KVA.example', 'x@bücher.example'],
    ['Punycode of a subdomain', 'x@mail.xn--bcher-kva.example', 'x@mail.bücher.example'],
    ['a host with a decomposed letter', 'x@bu\u0308cher.example', 'x@bücher.example'],
    ['a host in capitals', 'x@BÜCHER.example', 'x@bücher.example'],
    ['an ideographic full stop', 'x@bücher。example', 'x@bücher.example'],
    ['nothing to change', 'Asha.R+list@Example.com', 'Asha.R+list@Example.com'],
    ['a host that no Punycode leads to', 'x@xn--a.example', 'x@xn--a.example'],
  ])('of one with %s', (_, text, email) => {
    expect(normalizeEmail(text)).toBe(email);
    expect(normalizeEmail(email)).toBe(email);
  });
});

describe('readIdentifier', () => {
  it.each([
    ['mobile', ' 090123\u201145678', ASHA],
    ['mobile', 'asha', null],
    ['username', ' asha\u2011r\u200b ', 'asha-r'],
    ['email', ' jose\u0301@xn--bcher-kva.example', 'josé@bücher.example'],
  ] as const)('of a %s %j', (kind, text, value) => {
    expect(readIdentifier(kind, text, 'IN')).toBe(value);
    if (value !== null) expect(parseIdentifier(text, 'IN')).toEqual({ kind, value });
  });
});

describe('a mobile that somebody may have', () => {
  it.each([
    ['a mobile', '+919012345678', true],
    ['one that is a mobile or a landline', '+14155552671', true],
    ['a satellite phone', '+8816123456789', true],
    ['one of an internet telephone', '+882161234567', true],
    ['a landline', '+442079460000', false],
    ['a premium number', '+19002345678', false],
    ['an international premium number', '+979123456789', false],
    ['a toll-free number', '+18005551234', false],
    ['an international toll-free number', '+80012345678', false],
    ['a pager', '+447640123456', false],
    ['a personal number, whose calls are forwarded at a price', '+447012345678', false],
  ])('is %s: %s', (_, mobile, may) => {
    expect(parseMobile(mobile, 'IN')).toBe(mobile);
    const check = () => assertTextable('mobile', mobile);
    if (may) check();
    else expect(check).toThrow(expect.objectContaining({ code: 'validation_failed' }));
  });
});
