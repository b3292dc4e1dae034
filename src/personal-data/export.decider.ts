import {
  AccountDraft,
  asEndedBy,
  eventId,
  holderOf,
  isSettledIn,
  waitingOf,
  type Account,
  type Decision,
  type Postponed,
} from '../accounts/index.js';
import { assertProved, getLive, postpone } from '../sessions/index.js';

export interface ExportRequest {
  readonly now: Date;
  readonly sessionId: string;
}

/** `availableAt`: until when it waits; null where it may be handed out now. */
export interface ExportResult {
  readonly availableAt: Date | null;
}

/**
 * At once in a session that is settled, and on the device whose own wish has waited long enough. Otherwise it waits, so that the account
 * holder can cancel it. Throws `FreshProofRequiredError`, also in the 30 days after a cancellation.
 */
export function decideExport(account: Account, { now, sessionId }: ExportRequest): Decision<ExportResult> {
  const session = getLive(account, sessionId, now);
  const draft = new AccountDraft(account, now, holderOf(session));
  assertProved(draft, session, null);
  const due = dueExport(account, now);
  if (isSettledIn(account, session, now) || due?.deviceId === session.device.id)
    return draft.commit({ availableAt: null });
  // Somebody else's, which they have not fetched.
  if (due) drop(draft, due);
  return draft.commit({ availableAt: postpone(draft, 'export', session) });
}

/** `id`: of this time. On record before anything goes out. */
export function decideHandOut(
  account: Account,
  { now, sessionId, id }: ExportRequest & { id: string },
): Decision<object> {
  const session = getLive(account, sessionId, now);
  const draft = new AccountDraft(account, now, holderOf(session));
  draft.emit(eventId('export.handed_out', id), { type: 'export.handed_out', by: asEndedBy(session) });
  return draft.commit({});
}

/** Once the device that has waited for it has it, the wish is fulfilled. */
export function decideExportTaken(account: Account, { now, sessionId }: ExportRequest): Decision<object> {
  const session = getLive(account, sessionId, now);
  const draft = new AccountDraft(account, now, holderOf(session));
  const due = dueExport(account, now);
  if (due?.deviceId === session.device.id) drop(draft, due);
  return draft.commit({});
}

function dueExport(account: Account, now: Date): Postponed | null {
  const waiting = waitingOf(account, 'export');
  return waiting && now >= waiting.dueAt ? waiting : null;
}

function drop(draft: AccountDraft, postponed: Postponed): void {
  draft.set({ postponed: draft.account.postponed.filter((one) => one !== postponed) });
}
