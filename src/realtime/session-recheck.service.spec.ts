import { Logger } from '@nestjs/common';
import { Clock } from '../common/index.js';
import type { SessionRef, SessionStore, SessionValidator } from '../sessions/index.js';
import type { Announcer } from './announcer.service.js';
import { SessionRecheck } from './session-recheck.service.js';
import type { Sockets } from './sockets.service.js';

Logger.overrideLogger(false);

describe('SessionRecheck', () => {
  it('asks about everybody and closes what has ended, also where some cannot be looked up', async () => {
    const refs = Array.from({ length: 450 }, (_, i) => ({ userId: `user-${i}`, sessionId: `session-${i}` }));
    const closed: string[] = [];
    const asked: string[] = [];
    const sessions = {
      listLive: async (batch: readonly SessionRef[]) => {
        asked.push(...batch.map(({ sessionId }) => sessionId));
        return [];
      },
    } as unknown as SessionStore;
    const broken = new Set(['session-0', 'session-7', 'session-399']);
    const validator = {
      look: async ({ sessionId }: SessionRef) => {
        if (broken.has(sessionId)) throw new Error('this account fails');
        return null;
      },
    } as unknown as SessionValidator;
    const sockets = { sessions: () => refs, close: (id: string) => closed.push(id) } as unknown as Sockets;
    await new SessionRecheck(sessions, validator, sockets, {} as Announcer, new Clock()).recheck();
    expect(asked).toEqual(refs.map(({ sessionId }) => sessionId));
    expect(closed).toEqual(asked.filter((id) => !broken.has(id)));
  });
});
