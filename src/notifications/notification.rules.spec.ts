import { asEndedBy, SYSTEM, withoutHash, type AccountFact, type EndedSnapshot } from '../accounts/index.js';
import { aSession, NOW } from '../../test/support/records.js';
import { noticeOf } from './notification.rules.js';

const ACTOR = aSession({ ip: '198.51.100.9' });
const SESSION = aSession();
const ENDED: EndedSnapshot = { ...withoutHash(SESSION), endedAt: NOW, endReason: 'revoked_by_admin', endedBy: null };
const by = asEndedBy(ACTOR);

const noticed = (fact: AccountFact) => noticeOf({ id: 'event-1', userId: 'user-1', at: NOW, actor: SYSTEM, ...fact });
const brief = ({ device: { id, name, class: deviceClass } }: typeof ACTOR) => ({ id, name, class: deviceClass });

describe('noticeOf', () => {
  it.each<[kind: string, about: typeof ACTOR, fact: AccountFact]>([
    ['new_device', ACTOR, { type: 'device.first_seen', session: withoutHash(ACTOR) }],
    ['login_unproven', ACTOR, { type: 'login.unproven', session: withoutHash(ACTOR) }],
    ['session_displaced', ACTOR, { type: 'sessions.displaced', by }],
    ['session_revoked', ACTOR, { type: 'sessions.revoked', session: ENDED, by }],
    ['password_changed', ACTOR, { type: 'password.changed', by }],
    ['contact_changed', ACTOR, { type: 'contact.changed', channel: 'email', previous: null, by }],
    ['username_changed', ACTOR, { type: 'username.changed', by }],
    ['deletion_requested', ACTOR, { type: 'deletion.requested', deletesAt: NOW, by }],
    ['deletion_cancelled', ACTOR, { type: 'deletion.cancelled', by }],
    ['export_requested', ACTOR, { type: 'export.requested', availableAt: NOW, by }],
    ['export_cancelled', ACTOR, { type: 'export.cancelled', by }],
  ])('makes %s of what a session did, warning of that session', (kind, about, fact) => {
    expect(noticed(fact)).toEqual({
      id: 'event-1',
      userId: 'user-1',
      kind,
      createdAt: NOW,
      readAt: null,
      sessionId: about.id,
      device: brief(about),
      ip: about.ip,
      numbers: null,
    });
  });

  it('makes password_changed of a recovery, warning of the device from which no session has come yet', () => {
    const fact: AccountFact = { type: 'password.changed', by: { ...by, sessionId: null } };
    expect(noticed(fact)).toMatchObject({
      kind: 'password_changed',
      sessionId: null,
      device: brief(ACTOR),
      ip: ACTOR.ip,
    });
  });

  it('makes session_revoked of what an administrator or a service did, warning of no session', () => {
    const fact: AccountFact = { type: 'sessions.revoked', session: ENDED, by: null };
    expect(noticed(fact)).toMatchObject({
      kind: 'session_revoked',
      sessionId: null,
      device: brief(SESSION),
      ip: SESSION.ip,
    });
  });

  it.each(['deletion', 'export'] as const)('warns of no session where none has cancelled: %s', (kind) => {
    expect(noticed({ type: `${kind}.cancelled`, by: null })).toMatchObject({
      kind: `${kind}_cancelled`,
      sessionId: null,
      device: null,
      ip: null,
    });
  });

  it('makes login_requested of a login that waits, with the numbers to pick from', () => {
    const fact = { type: 'login.requested', requestId: 'request', device: ACTOR.device, ip: ACTOR.ip, expiresAt: NOW };
    const numbers = [17, 42, 80];
    expect(noticed({ ...fact, numbers } as AccountFact)).toMatchObject({ kind: 'login_requested', numbers });
    // As version 0.1.0 has left it.
    expect(noticed(fact as AccountFact)).toMatchObject({ kind: 'login_requested', numbers: null });
  });

  it('makes login_refused of a refusal, which no session may be kept from reading', () => {
    const fact = { type: 'session.refused', device: ACTOR.device, ip: ACTOR.ip } as const;
    expect(noticed(fact)).toMatchObject({ kind: 'login_refused', sessionId: null, device: brief(ACTOR), ip: ACTOR.ip });
  });

  it.each<AccountFact>([
    { type: 'user.created' },
    { type: 'session.started', session: withoutHash(ACTOR) },
    { type: 'session.ended', session: ENDED },
  ])('makes no notice of $type', (fact) => {
    expect(noticed(fact)).toBeNull();
  });
});
