import { randomInt } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import {
  AccountDraft,
  eventId,
  newAccount,
  SYSTEM,
  type Account,
  type AccountEvent,
  type Code,
  type Decide,
  type Device,
  type EndedBy,
  type EndReason,
  type FormerIdentifier,
  type Session,
} from '../../src/accounts/index.js';
import { sha256 } from '../../src/common/index.js';
import type { Delivery } from '../../src/delivery/index.js';
import type { PresentedDevice } from '../../src/devices/index.js';
import type { Image } from '../../src/media/index.js';
import type { LoginAttempt, SessionPolicy } from '../../src/sessions/index.js';
import type { TestStorage } from './storage.js';

/** Records as the service would make them, each with ids of its own. Ids of what is made later come later in their order. */

/** The moment at which tests of rules and stores stand. */
export const NOW = new Date('2026-03-01T12:00:00.000Z');

/** So many seconds after `NOW`, or before it. */
export const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

export const POLICY: SessionPolicy = {
  limit: 1,
  per: 'user',
  onLimit: 'end-oldest',
  idleTimeout: 1800,
  maxAge: 86_400,
};

export const aMobile = () => `+9198${randomInt(10_000_000, 99_999_999)}`;
export const aName = () => `user${randomInt(2 ** 40)}`;

/** An account that nobody has logged in to yet. */
export function anAccount(given: Partial<Account> = {}): Account {
  return { ...newAccount(uuidv7(), NOW, { mobile: aMobile() }), ...given };
}

export function created({ id, createdAt }: Account): AccountEvent {
  return { id: eventId('user.created', id), type: 'user.created', userId: id, at: createdAt, actor: SYSTEM };
}

/** An account that stands in the store, with no event waiting. */
export async function storedAccount({ accountStore }: TestStorage, given: Partial<Account> = {}): Promise<Account> {
  const account = anAccount(given);
  await accountStore.create(account, []);
  return account;
}

export function aDevice(given: Partial<Device> = {}): Device {
  return {
    id: uuidv7(),
    name: 'Firefox on Linux',
    class: 'desktop',
    browser: 'Firefox',
    os: 'Linux',
    keyHash: `key-${uuidv7()}`,
    signature: 'desktop|Linux|Firefox',
    network: '203.0.113.0/24',
    firstSeenAt: NOW,
    since: given.firstSeenAt ?? NOW,
    lastSeenAt: NOW,
    provenAt: null,
    confirmedAt: null,
    blockedAt: null,
    ...given,
  };
}

/** An e-mail that was replaced a moment ago, and had not been verified. */
export function aFormer(given: Partial<FormerIdentifier> = {}): FormerIdentifier {
  return {
    kind: 'email',
    value: `${aName()}@example.com`,
    addedAt: at(-86_400),
    verifiedAt: null,
    since: null,
    replaced: { deviceId: uuidv7(), at: NOW, confirmedSince: null },
    ...given,
  };
}

/** What a session keeps of such a device. */
function aDescription(): Session['device'] {
  const { id, name, class: deviceClass, browser, os } = aDevice();
  return { id, name, class: deviceClass, browser, os };
}

/** A device that shows nothing and looks like `aDevice()` from the same network. */
export function shownDevice(given: Partial<PresentedDevice> = {}): PresentedDevice {
  const { keyHash: newKeyHash, signature, network } = aDevice();
  const formerSignature = given.signature ?? signature;
  return { keyHashes: [], newKeyHash, description: aDescription(), signature, formerSignature, network, ...given };
}

/** A code that can be used for as long as anybody waits. */
export function aCode(given: Partial<Code> = {}): Code {
  return {
    id: uuidv7(),
    purpose: 'login',
    channel: 'mobile',
    contact: aMobile(),
    hash: 'hash of a code',
    requestHash: null,
    bySettled: false,
    expiresAt: new Date('2100-01-01'),
    triesLeft: 5,
    ...given,
  };
}

/** A session on a device of its own that has not been used since its login. */
export function aSession(given: Partial<Session> = {}): Session {
  const createdAt = given.createdAt ?? NOW;
  return {
    id: uuidv7(),
    userId: uuidv7(),
    tokenHash: sha256(uuidv7()),
    rotation: null,
    credentialVersion: 1,
    provedAt: createdAt,
    provedBy: 'password',
    device: aDescription(),
    ip: '203.0.113.7',
    askedFrom: null,
    userAgent: 'Mozilla/5.0',
    createdAt,
    lastSeenAt: createdAt,
    idleTimeout: 1800,
    expiresAt: new Date(createdAt.getTime() + 86_400_000),
    ...given,
  };
}

export const BY: EndedBy = { sessionId: uuidv7(), device: aDescription(), ip: '198.51.100.1' };

/** A decision made of plain steps. */
export const deciding =
  (steps: (draft: AccountDraft) => void, now = NOW): Decide<object> =>
  (account) => {
    const draft = new AccountDraft(account, now, SYSTEM);
    steps(draft);
    return draft.commit({});
  };

export const starting = (...sessions: Session[]) =>
  deciding((draft) => {
    for (const session of sessions) draft.start(session);
  }, sessions[0]!.createdAt);

export const ending = (
  ids: readonly string[],
  now = NOW,
  reason: EndReason = 'logged_out',
  by: EndedBy | null = null,
) =>
  deciding((draft) => {
    const which = draft.account.live.filter(({ id }) => ids.includes(id));
    draft.end(which, reason, by);
  }, now);

export const setting = (patch: Parameters<AccountDraft['set']>[0]) => deciding((draft) => draft.set(patch));

/** One password more, with its event: what racing changes are counted by. */
export const counting = deciding((draft) => {
  const credentialVersion = draft.account.credentialVersion + 1;
  draft.set({ credentialVersion });
  const id = eventId('password.changed', draft.account.id, credentialVersion);
  draft.emit(id, { type: 'password.changed', by: BY });
});

/** A login that a service vouches for, from a device that shows nothing. */
export function anAttempt(given: Partial<LoginAttempt> = {}): LoginAttempt {
  return {
    now: NOW,
    actor: SYSTEM,
    sessionId: uuidv7(),
    tokenHash: `token-${uuidv7()}`,
    ip: '203.0.113.7',
    userAgent: 'Mozilla/5.0',
    device: shownDevice(),
    proof: { kind: 'vouched' },
    policy: POLICY,
    ticket: { hash: `ticket-${uuidv7()}`, vouched: null },
    numbers: { number: 42, numbers: [17, 42, 80] },
    takeover: null,
    sparesAdmins: false,
    ...given,
  };
}

/** A delivery that waits for its first try, in a lane of its own. */
export function aDelivery(given: Partial<Delivery> = {}): Delivery {
  return {
    id: uuidv7(),
    target: uuidv7(),
    userId: uuidv7(),
    lane: uuidv7(),
    eventType: 'session.started',
    payload: '{"type":"session.started","data":{"text":"ñ \\" 字"}}',
    at: NOW,
    state: 'pending',
    since: NOW,
    attempts: 0,
    nextAttemptAt: NOW,
    lastError: null,
    ...given,
  };
}

/** Old pictures with ids in order, each of an owner of its own. */
export function manyImages(count: number, use: Image['use']): Image[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `${use}-${String(i).padStart(6, '0')}`,
    ownerId: `owner-${i}`,
    use,
    messageId: null,
    viewers: [],
    confirmed: use === 'avatar',
    createdAt: new Date(0),
  }));
}

export const byId = <T extends { id: string }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : 1));
