import { anAccount, at, NOW } from '../../test/support/records.js';
import type { Account, Code } from '../accounts/index.js';
import { decideIssue, decideTry, openCodes, type NewCode } from './code.decider.js';

const OWNER = anAccount({ mobileVerifiedAt: NOW });

let issued = 0;
const issue = (account: Account, given: Partial<NewCode> = {}) =>
  decideIssue(account, {
    id: `code-${++issued}`,
    purpose: 'login',
    channel: 'mobile',
    contact: account.mobile!,
    hash: 'digits',
    requestHash: `request-${issued}`,
    bySettled: false,
    suspicious: false,
    now: NOW,
    ...given,
  });
const after = (account: Account, given?: Partial<NewCode>) => issue(account, given).change?.account ?? account;
const idsOf = ({ codes }: Account) => codes.map(({ id }) => id);
const triedOnce = (account: Account, { id }: Code) => decideTry(account, id, NOW).change?.account ?? account;

describe('a code that is asked for', () => {
  const full = after(after(after(OWNER, { bySettled: true })));

  it('leaves those that are open, of which there are three for a purpose', () => {
    expect(full.codes).toHaveLength(3);
    const fourth = issue(full);
    expect(fourth).toEqual({ result: { contact: null }, change: null });
    expect(after(full, { purpose: 'recover' }).codes).toHaveLength(4);
    expect(after(full, { now: at(300) }).codes).toHaveLength(1);
  });

  it('takes the place of the oldest that a stranger asked for, where a settled device asks; of no other', () => {
    const [own, oldest, youngest] = idsOf(full);
    const pushing = after(full, { bySettled: true });
    expect(idsOf(pushing)).toEqual([own, youngest, expect.any(String)]);
    expect(idsOf(pushing)).not.toContain(oldest);
    const settled = after(pushing, { bySettled: true });
    expect(issue(settled, { bySettled: true }).result.contact).toBeNull();
  });

  it('is worth five tries; one where there were too many wrong ones, unless a settled device asks', () => {
    const triesOf = (given: Partial<NewCode>) => after(OWNER, given).codes[0]!.triesLeft;
    expect(triesOf({})).toBe(5);
    expect(triesOf({ suspicious: true })).toBe(1);
    expect(triesOf({ suspicious: true, bySettled: true })).toBe(5);
  });
});

describe('a try', () => {
  it('counts against the code alone, five times, and leaves the others', () => {
    let account = after(after(OWNER));
    const [one, other] = account.codes as [Code, Code];
    for (let i = 0; i < 5; i++) account = triedOnce(account, one);
    expect(decideTry(account, one.id, NOW)).toEqual({ result: { code: null }, change: null });
    expect(openCodes(account, 'login', NOW)).toEqual([other]);
  });

  it('is none once the code has expired, or the contact is another', () => {
    const account = after(OWNER);
    const { id } = account.codes[0]!;
    expect(decideTry(account, id, at(300)).result.code).toBeNull();
    expect(decideTry({ ...account, mobile: '+919012345678' }, id, NOW).result.code).toBeNull();
    expect(decideTry(account, id, at(299)).result.code).toMatchObject({ id });
  });
});
