import { randomInt, randomUUID } from 'node:crypto';
import { CodesService } from '../../../src/codes/codes.service.js';
import { startApp, type TestApp } from '../../support/app.js';
import { LAPTOP, PASSWORD } from '../../support/api.js';
import { ENGINES } from '../../support/stores.js';
import { startTextMessages, type TextMessages } from '../../support/text-messages.js';

/** Copied from an address book, a mail, a table, or typed on a keyboard of another country. */
const SPELLINGS_OF_MOBILES: [string, (digits: string) => string][] = [
  ['blanks around it', (digits) => ` +91${digits}\t`],
  ['directional marks', (digits) => `\u202a+91 ${digits}\u202c`],
  ['non-breaking hyphens and brackets', (digits) => `(+91) ${digits.slice(0, 5)}\u2011${digits.slice(5)}`],
  ['an en dash', (digits) => `0${digits.slice(0, 5)}\u2013${digits.slice(5)}`],
  ['a narrow no-break space', (digits) => `+91\u202f${digits}`],
  ['full-width digits', (digits) => digits.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))],
];
const SPELLINGS_OF_EMAILS: [string, (name: string) => string][] = [
  ['a blank behind it', (name) => `${name}-jos\u00e9@bücher.example `],
  ['a letter and its accent', (name) => `${name}-jose\u0301@bücher.example`],
  ['Punycode', (name) => `${name}-jos\u00e9@xn--bcher-kva.example`],
  ['a right-to-left override', (name) => `${name}-jos\u00e9\u202e@bücher.example`],
  ['a zero-width space', (name) => `${name}\u200b-jos\u00e9@bücher.example`],
  ['a soft hyphen', (name) => `${name}-jos\u00e9@bü\u00adcher.example`],
  ['a Hangul filler', (name) => `${name}-jos\u00e9\u3164@bücher.example`],
  ['a non-breaking hyphen', (name) => `${name}\u2011jos\u00e9@bücher.example`],
];

describe.each(ENGINES)('%s: an identifier that is spelt with', (engine) => {
  let sms: TextMessages;
  let test: TestApp;
  beforeAll(async () => {
    sms = await startTextMessages();
    test = await startApp(engine, { ...sms.settings, SESSION_LIMIT: 'none', TRUSTED_PROXIES: '127.0.0.1' });
  });
  afterAll(async () => {
    await test.close();
    await sms.close();
  });

  const somewhere = () => ({ 'x-forwarded-for': `198.51.${randomInt(256)}.${randomInt(256)}` });
  const register = (body: object) =>
    test.api.post('/v1/users', { body: { password: PASSWORD, ...body }, headers: somewhere() });
  const found = async (query: Record<string, string>) =>
    (await test.api.get(`/v1/service/users?${new URLSearchParams(query).toString()}`, { service: true })).body.id;

  it.each(SPELLINGS_OF_MOBILES)('%s is the mobile: at registration, login, and for a code', async (_, spell) => {
    const digits = `98${randomInt(10_000_000, 99_999_999)}`;
    const { id } = await test.api.createUser({ mobile: spell(digits) });
    expect(await found({ mobile: digits })).toBe(id);
    expect(await found({ mobile: spell(digits) })).toBe(id);
    expect(await register({ mobile: spell(digits) })).toMatchObject({ status: 409, body: { code: 'mobile_taken' } });
    const { body } = await test.api.login(spell(digits));
    expect(body.user).toMatchObject({ id, mobile: `+91${digits}` });
    const asked = { identifier: spell(digits), purpose: 'verify' };
    expect((await test.api.post('/v1/codes', { body: asked, headers: somewhere() })).status).toBe(202);
    await test.app.get(CodesService, { strict: false }).idle();
    const code = await sms.codeFor(`+91${digits}`);
    const typed = ` ${code.slice(0, 3)}\u2013${code.slice(3)}`;
    const verified = await test.api.post('/v1/users/me/verify', { token: body.token, body: { code: typed } });
    expect(verified.status).toBe(200);
  });

  it.each(SPELLINGS_OF_EMAILS)(
    '%s is the e-mail: at registration, login, and for another backend',
    async (_, spell) => {
      const name = `n${randomUUID().slice(0, 8)}`;
      const email = `${name}-jos\u00e9@bücher.example`;
      const { id } = await test.api.createUser({ email: spell(name) });
      for (const spelling of [spell(name), email]) {
        expect(await found({ email: spelling })).toBe(id);
        expect(await register({ email: spelling })).toMatchObject({ status: 409, body: { code: 'email_taken' } });
        expect((await test.api.login(spelling)).body.user).toMatchObject({ id, email });
      }
    },
  );

  it('blanks and invisible characters is the username', async () => {
    const username = `n${randomUUID().slice(0, 8)}`;
    const { id } = await test.api.createUser({ username: ` ${username}\u200b` });
    for (const spelling of [username, `\ufeff${username} `, username.toUpperCase()])
      expect((await test.api.login(spelling)).body.user).toMatchObject({ id, username });
  });

  it.each([
    ['blanks', (code: string) => ` ${code} `],
    ['a blank within', (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`],
    ['a hyphen', (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`],
    ['digits of another script', (code: string) => code.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]!)],
  ])('nothing strange, and a code with %s, log in', async (_, spell) => {
    const { mobile } = await test.api.createUser();
    const { token } = (await test.api.login(mobile)).body;
    const ask = async (purpose: string, count: number) => {
      await test.api.post('/v1/codes', { body: { identifier: mobile, purpose }, headers: somewhere() });
      return sms.codeFor(mobile, count);
    };
    await test.api.post('/v1/users/me/verify', { token, body: { code: await ask('verify', 1) } });
    const body = { identifier: mobile, code: spell(await ask('login', 2)) };
    expect((await test.api.post('/v1/sessions', { body, headers: { 'user-agent': LAPTOP } })).status).toBe(201);
  });

  it('a number that gets no texts is refused, and stays good for whoever has it', async () => {
    const landline = '+442079460000';
    const refusal = { status: 400, body: { code: 'validation_failed', errors: [{ field: 'mobile' }] } };
    for (const mobile of [landline, '+19002345678', '+979123456789', '+447640123456'])
      expect(await register({ mobile })).toMatchObject(refusal);
    const { mobile } = await test.api.createUser();
    const { token } = (await test.api.login(mobile)).body;
    const change = (body: object) => test.api.patch('/v1/users/me', { token, body });
    expect(await change({ mobile: landline })).toMatchObject(refusal);
    const asked = { identifier: landline, purpose: 'claim' };
    expect(await test.api.post('/v1/codes', { body: asked, headers: somewhere() })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'identifier' }] },
    });
    expect(sms.sentTo(landline)).toEqual([]);
  });

  it('invisible letters alone is no name, nor is a password counted before its letters are composed', async () => {
    for (const displayName of ['\u3164', '\u2800 ', '\u115f\u1160', '\u200b', '\ufe0f'])
      expect((await register({ username: 'nobody-here', displayName })).body.errors).toMatchObject([
        { field: 'displayName' },
      ]);
    const password = 'e\u0301'.repeat(4);
    expect((await register({ username: 'nobody-here', password })).body.errors[0]).toEqual({
      field: 'password',
      message: 'must have 8 to 128 characters',
    });
  });
});
