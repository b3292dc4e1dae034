import { Api, type Answer, type Options } from './api.js';

/** ms in which every call is answered, whatever happens to the store. */
const LONGEST = 4000;

/** Speaks HTTP to a node, and writes down as a fault what no client should be answered while the store is away. */
export class WatchedApi extends Api {
  readonly faults: string[] = [];
  /** Answers 503. */
  refusals = 0;
  /** ms between two logins that were admitted, one after the other. */
  longestPause = 0;
  private lastLogin: number | null = null;

  override async call(method: string, path: string, options: Options = {}): Promise<Answer> {
    const began = performance.now();
    const answer = await super.call(method, path, options);
    const now = performance.now();
    if (now - began > LONGEST) this.faults.push(`${method} ${path} took ${Math.round(now - began)} ms`);
    if (answer.status === 503) this.refusals++;
    if (answer.status === 503 && answer.headers.get('retry-after') === null)
      this.faults.push(`${method} ${path} is 503 without Retry-After`);
    if (answer.status >= 500 && answer.status !== 503) this.faults.push(`${method} ${path} is ${answer.status}`);
    if (answer.status === 201 && path.endsWith('/sessions')) {
      this.longestPause = Math.max(this.longestPause, now - (this.lastLogin ?? now));
      this.lastLogin = now;
    }
    return answer;
  }
}
