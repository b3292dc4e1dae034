import { dictionary } from '@zxcvbn-ts/language-common';

/**
 * What the dictionary lacks of the 3,000 passwords that Django refuses first, and no rule below finds: robots and sites have given
 * them out by the thousand. Source: django/contrib/auth/common-passwords.txt.gz of Django 5.2, from the Pwned Passwords.
 */
const GIVEN_OUT = `
  homelesspa 1g2w3e4r zag12wsx passer2009 fqrg7cs493 linkedin j38ifubn fuk19600 29rsavoy cjmasterinf yuantuo2012
  diosesfiel dpbk1234 pe#5gz29ptzmse a838hfid 111222tianya startfinding n0=acc3ss yagjecc826 iw14fi9j 3odi15ngxb
  421uiopy258 1v7upjw3nt uqa9ebw445 sz9kqcctwy d2xyw89sxj justinbieb 3d8cubaj2e p3rat54797 evildick ig4abox4
  w5txn36alfw 2012comeer n8zgt5p0shw= vrbgqns997 qti7zxh18u megaparol12345 g9l2d1fzpy hotmail1 diwtgm8492
  yahoo.com nonmember telechargement youbye123 golfcourse x4ivyga51f 9-11-1961 6hbf28w791 tnk0mk16vx h1xp2z2duk
  yfdbufnjh10305070 dearbook aobo2010 ka_djkhjsy6 fuku00198 evony192 12qw23we passer2011 wangyut2 ohmnamah23
  y6p67ftrqj
`;

const COMMON_PASSWORDS = new Set([...dictionary['passwords-common'], ...GIVEN_OUT.trim().split(/\s+/)]);

/** A password of one piece that is said again and again is as good as the piece: no shorter one would be accepted. */
const SHORTEST = 8;

/** The characters of a password that its others do not follow from. */
const MOST_STARTS = 3;

/** What fingers do without thinking: the alphabet, and the rows of a keyboard. */
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl;', 'asdfghjkl:', 'zxcvbnm'];
const NEIGHBOURS = new Set(
  ROWS.flatMap((row) => [...row].slice(1).flatMap((key, i) => [row[i]! + key, key + row[i]!])),
);

/**
 * Whether attackers try it first, in any case: one of some 49,000, also with up to three digits or one sign before or after it; a short
 * piece that is repeated; or a few runs along the alphabet or the keyboard. Takes a time that grows with the length alone.
 */
export function isCommonPassword(password: string): boolean {
  const given = password.toLowerCase();
  return isListed(given) || isRepeated(given) || isRun(given);
}

function isListed(given: string): boolean {
  const core = given.replace(/^\d{1,3}(?=\D)/, '').replace(/(?:\d{1,3}|[^\p{L}\d])$/u, '');
  return COMMON_PASSWORDS.has(given) || (core.length >= 5 && COMMON_PASSWORDS.has(core));
}

/** `abcabcab`: each character is the one that stands a piece before it. */
function isRepeated(given: string): boolean {
  const longest = Math.min(SHORTEST - 1, Math.floor(given.length / 2));
  return Array.from({ length: longest }, (_, i) => i + 1).some(
    (piece) => given.slice(piece) === given.slice(0, -piece),
  );
}

/** `abcd1234`, `98766789`: almost every character is the one before it, or its neighbour. */
function isRun(given: string): boolean {
  const starts = [...given].filter((key, i, all) => {
    const before = all[i - 1];
    return before === undefined || (key !== before && !NEIGHBOURS.has(before + key));
  });
  return starts.length <= MOST_STARTS;
}
