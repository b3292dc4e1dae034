import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { PersonalData } from '../personal-data/index.js';
import { idsOnly } from './audit.entry.js';
import { AuditStore } from './audit.store.js';

/** Entries stay, for the record is not the person's alone; of their details nothing but ids. */
@Injectable()
export class AuditPersonalData {
  constructor(personalData: PersonalData, store: AuditStore) {
    personalData.register({
      name: 'audit',
      async erase(userId) {
        let before: string | null = null;
        await personalData.inBatches(async (limit) => {
          const entries = await store.list({ userId, actor: null, type: null, before, limit });
          const reduced = entries.map(({ id, details }) => ({ id, details: idsOnly(details) }));
          const changed = reduced.filter(({ details }, index) => !isDeepStrictEqual(details, entries[index]!.details));
          if (changed.length > 0) await store.replaceDetails(changed);
          before = entries.at(-1)?.id ?? null;
          return entries.length;
        });
      },
    });
  }
}
