import {
  AccountDraft,
  asEndedBy,
  eventId,
  FreshProofRequiredError,
  holderOf,
  waitingOf,
  type Account,
  type Decision,
  type EndedBy,
  type Postponed,
  type Session,
} from '../accounts/index.js';
import { getLive } from './session-end.decider.js';

const DAY = 86_400_000;

/** How long the account holder has to hear of what an unsettled device has asked for, and to cancel it. */
const WAIT_MS = 14 * DAY;

/** After a cancellation an unsettled device cannot ask again for so long: else it would ask until nobody looks. */
const REST_MS = 30 * DAY;

/**
 * "Do this, unless the account holder objects": for a session that is not settled. Returns when it is due; while one waits, the same
 * answer as before. Throws `FreshProofRequiredError` in the 30 days after a cancellation.
 */
export function postpone(draft: AccountDraft, kind: Postponed['kind'], session: Session): Date {
  const { account, now } = draft;
  const last = account.postponed.find((one) => one.kind === kind);
  if (last && !last.cancelledAt) return last.dueAt;
  if (last?.cancelledAt && now.getTime() - last.cancelledAt.getTime() < REST_MS)
    throw new FreshProofRequiredError(['code', 'settled_device']);
  const dueAt = new Date(now.getTime() + WAIT_MS);
  put(draft, { kind, requestedAt: now, dueAt, deviceId: session.device.id, cancelledAt: null });
  const [id, by] = [eventId(`${kind}.requested`, account.id, now.getTime()), asEndedBy(session)];
  if (kind === 'deletion') draft.emit(id, { type: 'deletion.requested', deletesAt: dueAt, by });
  else draft.emit(id, { type: 'export.requested', availableAt: dueAt, by });
  return dueAt;
}

export interface Cancellation {
  readonly now: Date;
  readonly sessionId: string;
  readonly kind: Postponed['kind'];
}

/** Any session of the person may: what is cancelled by mistake can be asked for again from a settled device. `cancelled` is false where none waits. */
export function decideCancellation(
  account: Account,
  { now, sessionId, kind }: Cancellation,
): Decision<{ cancelled: boolean }> {
  const session = getLive(account, sessionId, now);
  const draft = new AccountDraft(account, now, holderOf(session));
  return draft.commit({ cancelled: cancel(draft, kind, asEndedBy(session)) });
}

/** Nothing waits any more. `by` is null where no session has seen to it. */
export function cancelWaiting(draft: AccountDraft, by: EndedBy | null): void {
  cancel(draft, 'deletion', by);
  cancel(draft, 'export', by);
}

/** False where none waits. */
export function cancel(draft: AccountDraft, kind: Postponed['kind'], by: EndedBy | null): boolean {
  const waiting = waitingOf(draft.account, kind);
  if (!waiting) return false;
  put(draft, { ...waiting, cancelledAt: draft.now });
  const id = eventId(`${kind}.cancelled`, draft.account.id, waiting.requestedAt.getTime());
  draft.emit(id, { type: `${kind}.cancelled`, by });
  return true;
}

function put(draft: AccountDraft, postponed: Postponed): void {
  draft.set({ postponed: [...draft.account.postponed.filter(({ kind }) => kind !== postponed.kind), postponed] });
}
