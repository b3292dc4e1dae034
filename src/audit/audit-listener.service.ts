import { Injectable } from '@nestjs/common';
import { Outbox } from '../outbox/index.js';
import { entryOf } from './audit.entry.js';
import { AuditStore } from './audit.store.js';

/** Records every event of an account, once. */
@Injectable()
export class AuditListener {
  constructor(outbox: Outbox, store: AuditStore) {
    // The event of a refusal stands for an hour of them; each one is recorded when it is answered.
    outbox.listen(async (event) => (event.type === 'session.refused' ? undefined : store.add(entryOf(event))));
  }
}
