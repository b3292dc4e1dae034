/** An answer of the service that was no success, or no answer: see docs/reference/errors.md for each `code`. */
export class OneseatError extends Error {
  constructor(
    /** HTTP status; 0 where no answer came. */
    readonly status: number,
    /** Decide by it: it does not change. */
    readonly code: string,
    detail: string,
    /** The whole problem. */
    readonly problem: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.name = 'OneseatError';
  }
}

interface Problem {
  readonly status?: number;
  readonly code?: string;
  readonly detail?: string;
}

export function toOneseatError(problem: unknown, status = 0): OneseatError {
  const known = typeof problem === 'object' && problem !== null ? (problem as Problem) : {};
  const code = known.code ?? 'no_problem';
  return new OneseatError(known.status ?? status, code, known.detail ?? code, { ...known });
}

/** What `fetch` throws where no answer came, told by its name: it may be of another realm. Undefined for all else, as a call broken off. */
export function toUnreachable(failure: unknown): OneseatError | undefined {
  if (!(typeof failure === 'object' && failure !== null && 'name' in failure && failure.name === 'TypeError')) return;
  return new OneseatError(0, 'unreachable', `No answer came: ${(failure as Error).message}`);
}
