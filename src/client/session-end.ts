import type { components } from './openapi.js';

/** Why a session has ended. */
export interface SessionEnd {
  /** `displaced`, `reported`, `idle_timeout`, `logged_out`, …; `unknown` where the service knows of no such session. */
  readonly reason: string;
  readonly endedAt?: string;
  /** The device that took its place, or that reported it. */
  readonly endedBy?: components['schemas']['EndedByView'];
}

/** Of the problem of a 401 or of a refused socket; null where it does not say that a session has ended. */
export function sessionEndIn(problem: unknown): SessionEnd | null {
  if (typeof problem !== 'object' || problem === null || !('code' in problem)) return null;
  const { code, endedAt, endedBy } = problem as { code: unknown } & Omit<SessionEnd, 'reason'>;
  if (code === 'invalid_token') return { reason: 'unknown' };
  const reason = typeof code === 'string' ? /^session_(\w+)$/.exec(code)?.[1] : undefined;
  if (!reason || !(endedAt ?? endedBy)) return null;
  return { reason, ...(endedAt !== undefined && { endedAt }), ...(endedBy && { endedBy }) };
}
