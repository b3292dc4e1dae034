import { Injectable } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import type { Session } from '../accounts/index.js';
import { Throttle, type Subject, type WindowRule } from '../auth/index.js';
import { Clock } from '../common/index.js';
import { decideCancellation, OwnAccount, SessionValidator } from '../sessions/index.js';
import { decideExport, decideExportTaken, decideHandOut } from './export.decider.js';
import { ExportNotFoundError } from './export.errors.js';
import { PersonalData, type PersonalDataSource } from './personal-data.service.js';

/** Bytes or so that go out at a time. */
const CHUNK = 16 * 1024;

/** It reads everything. */
const exportSubject = (userId: string): Subject<WindowRule> => ({
  name: `export:${userId}`,
  rule: { kind: 'window', limit: 5, window: 3_600_000 },
});

/** Everything that is kept of a person, as one JSON document that is never in memory as a whole. */
@Injectable()
export class PersonalDataExport {
  constructor(
    private readonly personalData: PersonalData,
    private readonly throttle: Throttle,
    private readonly validator: SessionValidator,
    private readonly own: OwnAccount,
    private readonly clock: Clock,
  ) {}

  /**
   * The document, or, for a session that is not settled, when it may be asked for. Throws `FreshProofRequiredError` and
   * `TooManyRequestsError`. What fails before the first chunk is thrown here, later than that the document breaks off.
   */
  async start(session: Session): Promise<AsyncIterable<string> | { availableAt: Date }> {
    const request = { now: this.clock.now(), sessionId: session.id };
    const { availableAt } = await this.own.change(session, (account) => decideExport(account, request));
    if (availableAt) return { availableAt };
    await this.throttle.use(exportSubject(session.userId));
    await this.own.change(session, (account) => decideHandOut(account, { ...request, id: uuidv7() }));
    const chunks = this.whileLive(session, inChunks(this.write(session)))[Symbol.asyncIterator]();
    const first = await chunks.next();
    return startingWith(first.done ? '' : first.value, chunks);
  }

  /** Throws `ExportNotFoundError` where none waits. */
  async cancel(session: Session): Promise<void> {
    const cancellation = { now: this.clock.now(), sessionId: session.id, kind: 'export' } as const;
    const { cancelled } = await this.own.change(session, (account) => decideCancellation(account, cancellation));
    if (!cancelled) throw new ExportNotFoundError();
  }

  /** However slowly it is read: nothing goes out any more once the session has ended. */
  private async *whileLive({ userId, id: sessionId }: Session, chunks: AsyncIterable<string>): AsyncIterable<string> {
    for await (const chunk of chunks) {
      await this.validator.getLive({ userId, sessionId });
      yield chunk;
    }
  }

  private async *write(session: Session): AsyncIterable<string> {
    yield `{"exportedAt":${JSON.stringify(this.clock.now())}`;
    for (const source of this.personalData.sources) {
      if (!source.export) continue;
      yield `,${JSON.stringify(source.name)}:`;
      yield* writeValue(source.export(session.userId));
    }
    // Only what is whole counts: one that breaks off is asked for again.
    const taken = { now: this.clock.now(), sessionId: session.id };
    await this.own.change(session, (account) => decideExportTaken(account, taken));
    yield '}';
  }
}

async function* writeValue(found: ReturnType<NonNullable<PersonalDataSource['export']>>): AsyncIterable<string> {
  if (!(Symbol.asyncIterator in found)) {
    yield JSON.stringify((await found) ?? null);
    return;
  }
  let separator = '[';
  for await (const item of found) {
    yield separator + JSON.stringify(item);
    separator = ',';
  }
  yield separator === '[' ? '[]' : ']';
}

/** Lets others have their turn after each chunk: SQLite answers without waiting. */
async function* inChunks(pieces: AsyncIterable<string>): AsyncIterable<string> {
  let chunk = '';
  for await (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
    await nextTurn();
  }
  if (chunk !== '') yield chunk;
}

async function* startingWith(first: string, rest: AsyncIterator<string>): AsyncIterable<string> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}
