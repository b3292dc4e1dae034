import type { Answer } from './api.js';

/** A cookie as the answer sets it; attributes in lower case. */
export interface SetCookie {
  readonly value: string;
  readonly attributes: readonly string[];
}

/** By name. */
export function cookiesOf({ headers }: Pick<Answer, 'headers'>): Map<string, SetCookie> {
  return new Map(
    headers.getSetCookie().map((line) => {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split('=');
      return [name, { value, attributes: attributes.map((attribute) => attribute.toLowerCase()).sort() }];
    }),
  );
}
