import { Injectable } from '@nestjs/common';
import type { EndedSession, Session } from '../accounts/index.js';
import { everyItem, PersonalData } from '../personal-data/index.js';
import { PolicyStore } from './policy.store.js';
import { SessionHistoryStore } from './session-history.store.js';
import { SessionStore } from './session.store.js';
import { toSessionView } from './session.view.js';

/** Ended sessions stay without a trace of the person, so that their tokens are refused as before. */
@Injectable()
export class SessionsPersonalData {
  constructor(personalData: PersonalData, sessions: SessionStore, history: SessionHistoryStore, policies: PolicyStore) {
    personalData.register({
      name: 'sessions',
      async *export(userId) {
        const read = (before: string | null, limit: number) => sessions.list(userId, { state: 'all', before, limit });
        for await (const session of everyItem<Session | EndedSession>(read)) {
          const { current: _, ...view } = toSessionView(session, null);
          yield view;
        }
      },
      async erase(userId) {
        await personalData.inBatches((limit) => history.removeTraces(userId, limit));
        await policies.remove(`user:${userId}`);
      },
    });
  }
}
