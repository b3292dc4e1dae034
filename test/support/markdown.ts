import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** What is left of a page without its headings and its code. */
export function proseOf(page: string): string {
  return read(page)
    .replaceAll(/^#.*$/gm, '')
    .replaceAll(/`[^`\n]*`/g, '')
    .trim();
}

/** Where the page's relative links lead, by path from the root; without their anchors. */
export function pagesLinkedFrom(page: string): string[] {
  return linksIn(page).map((link) => targetOf(page, link).path);
}

/** The page's relative links that lead to no file, or to no heading of it. */
export function brokenLinksIn(page: string): string[] {
  return linksIn(page).filter((link) => {
    const { path, anchor } = targetOf(page, link);
    return !existsSync(path) || (anchor !== undefined && !anchorsIn(path).includes(anchor));
  });
}

function linksIn(page: string): string[] {
  const links = [...proseOf(page).matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
  return links.filter((link) => !/^[a-z]+:/.test(link));
}

function targetOf(page: string, link: string): { path: string; anchor?: string | undefined } {
  const [path = '', anchor] = link.split('#');
  return { path: path === '' ? page : normalize(join(dirname(page), path)), anchor };
}

/** As GitHub names them: lower case, dashes for spaces, no punctuation, and a number behind a name that is taken. */
function anchorsIn(path: string): string[] {
  if (!path.endsWith('.md')) return [];
  const anchors: string[] = [];
  for (const [, heading] of read(path).matchAll(/^#{1,6} +(.+)$/gm)) {
    const name = heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const taken = anchors.filter((anchor) => anchor.replace(/-\d+$/, '') === name).length;
    anchors.push(taken === 0 ? name : `${name}-${taken}`);
  }
  return anchors;
}

/** Without blocks of code, whose `#` is no heading. */
function read(page: string): string {
  return readFileSync(page, 'utf8').replaceAll(/^```.*?^```$/gms, '');
}
