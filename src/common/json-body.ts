import { AppError } from './app-error.js';

/** Levels of nesting that a JSON body may have; class-transformer overflows the stack on deeper ones. */
const MAX_DEPTH = 32;
/** Members and elements that it may have altogether; class-transformer takes the square of their number in steps. */
const MAX_MEMBERS = 1000;

/**
 * Refuses what no route has a use for and some layer below would choke on: deep nesting, very many members,
 * NUL (SQLite and C libraries cut there) and lone surrogates (not encodable as UTF-8).
 * Walks with its own stack, so that depth cannot overflow ours.
 */
export function assertPlainJson(body: unknown): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalidJson('The body must be an object.');
  const pending: { value: unknown; depth: number }[] = [{ value: body, depth: 0 }];
  let count = 0;
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string') assertText(value);
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) throw invalidJson(`The body is nested more than ${MAX_DEPTH} levels deep.`);
    const members = Object.entries(value);
    count += members.length;
    if (count > MAX_MEMBERS) throw invalidJson(`The body has more than ${MAX_MEMBERS} members.`);
    for (const [key, member] of members) {
      assertText(key);
      if (isInherited(key)) throw invalidJson('The body holds a member name that is not allowed.');
      pending.push({ value: member, depth: depth + 1 });
    }
  }
}

/** Names that every object answers to: class-transformer passes over them, or builds with what it finds there. */
export function isInherited(name: string): boolean {
  return name in Object.prototype || name === 'prototype';
}

function assertText(text: string): void {
  if (text.includes('\0') || !text.isWellFormed()) {
    throw invalidJson('The body holds a character that is not allowed in text.');
  }
}

export function invalidJson(message: string): AppError {
  return new AppError('invalid_json', 'invalid', message);
}
