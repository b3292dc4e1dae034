import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { sha256 } from '../common/index.js';
import { issueTicket, issueToken, parseTicket, parseToken } from './session.token.js';

const USER = uuidv7();
const SESSION = uuidv7();
const { token, hash } = issueToken(USER, SESSION);
const BYTES = Buffer.from(token.slice(4), 'base64url');

describe('the session token', () => {
  it('carries both ids and a secret of which only the hash is handed out beside it', () => {
    expect(token).toMatch(/^ost_[\w-]{86}$/);
    expect(hash).toBe(sha256(BYTES.subarray(32)));
    expect(parseToken(token)).toEqual({ userId: USER, sessionId: SESSION, hash });
  });

  it('has another secret each time', () => {
    expect(issueToken(USER, SESSION).hash).not.toBe(hash);
  });

  it.each([
    ['nothing', ''],
    ['the prefix alone', 'ost_'],
    ['another prefix', token.replace('ost_', 'ott_')],
    ['another case of the prefix', token.replace('ost_', 'OST_')],
    ['no prefix', token.slice(4)],
    ['a character too few', token.slice(0, -1)],
    ['a character too many', `${token}A`],
    ['a byte too few', `ost_${BYTES.subarray(1).toString('base64url')}`],
    ['a byte too many', `ost_${Buffer.concat([BYTES, BYTES.subarray(0, 1)]).toString('base64url')}`],
    ['padding', `${token}==`],
    ['a space before', ` ${token}`],
    ['a line break after', `${token}\n`],
    ['a character that base64 passes over', `${token.slice(0, 20)}.${token.slice(20)}`],
    ['characters outside ASCII', `${token.slice(0, -1)}é`],
  ])('refuses %s', (_, text) => {
    expect(parseToken(text)).toBeNull();
  });

  it('refuses the spelling of base64 with + and /', () => {
    const bytes = Buffer.concat([BYTES.subarray(0, 32), Buffer.alloc(32, 0xff)]);
    const canonical = `ost_${bytes.toString('base64url')}`;
    expect(parseToken(canonical)).not.toBeNull();
    expect(parseToken(canonical.replaceAll('_', '/').replace('ost/', 'ost_'))).toBeNull();
  });

  it('has one spelling: the unused bits of the last character must be zero', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const sameBytes = [...alphabet]
      .map((last) => token.slice(0, -1) + last)
      .filter((text) => Buffer.from(text.slice(4), 'base64url').equals(BYTES));
    expect(sameBytes.length).toBeGreaterThan(1);
    expect(sameBytes.filter((text) => parseToken(text))).toEqual([token]);
  });

  it('round-trips for any ids, and a change of any one character never yields the same session and secret', () => {
    const v7 = fc.uuid({ version: 7 });
    fc.assert(
      fc.property(v7, v7, fc.nat(89), fc.constantFrom('A', 'z', '-', '_', '=', '.'), (user, session, at, letter) => {
        const issued = issueToken(user, session);
        const parsed = parseToken(issued.token);
        expect(parsed).toEqual({ userId: user, sessionId: session, hash: issued.hash });
        const forged = issued.token.slice(0, at) + letter + issued.token.slice(at + 1);
        if (forged !== issued.token) expect(parseToken(forged)).not.toEqual(parsed);
      }),
    );
  });

  it('never throws, whatever is presented', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(parseToken(`ost_${text}`)).toBeNull()));
  });
});

describe('the takeover ticket', () => {
  it('round-trips, and is no token, nor a token a ticket', () => {
    const issued = issueTicket(USER);
    expect(issued.ticket).toMatch(/^ott_[\w-]{64}$/);
    expect(parseTicket(issued.ticket)).toEqual({ userId: USER, hash: issued.hash });
    expect(parseToken(issued.ticket)).toBeNull();
    expect(parseTicket(token)).toBeNull();
    expect(parseTicket(issued.ticket.replace('ott_', 'ost_'))).toBeNull();
    expect(parseTicket(issued.ticket.slice(0, -1))).toBeNull();
  });
});
