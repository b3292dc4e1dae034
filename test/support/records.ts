import { randomUUID } from 'node:crypto';
import { newAccount, type Account, type Device, type Session } from '../../src/accounts/index.js';
import type { PresentedDevice } from '../../src/devices/index.js';
import type { Image } from '../../src/media/index.js';
import type { SessionPolicy } from '../../src/sessions/index.js';

/** The moment at which unit tests stand. */
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

export function aDevice(more: Partial<Device> = {}): Device {
  return {
    id: randomUUID(),
    name: 'Firefox on Linux',
    class: 'desktop',
    browser: 'Firefox',
    os: 'Linux',
    keyHash: randomUUID(),
    signature: 'desktop|Linux|Firefox',
    network: '203.0.113.0/24',
    firstSeenAt: NOW,
    lastSeenAt: NOW,
    provenAt: null,
    blockedAt: null,
    ...more,
  };
}

/** A session that began a minute ago, on a device of its own. */
export function aSession(more: Partial<Session> = {}): Session {
  const { id, name, class: deviceClass, browser, os } = aDevice();
  return {
    id: randomUUID(),
    userId: 'user-1',
    tokenHash: 'ab'.repeat(32),
    credentialVersion: 1,
    device: { id, name, class: deviceClass, browser, os },
    ip: '203.0.113.7',
    userAgent: 'test',
    createdAt: at(-60),
    lastSeenAt: at(-60),
    idleTimeout: 1800,
    expiresAt: at(86_340),
    ...more,
  };
}

/** An account that has logged in before. */
export function anAccount(more: Partial<Account> = {}): Account {
  return { ...newAccount('user-1', at(-86_400), { mobile: '+919012345678' }), firstLoginAt: at(-3600), ...more };
}

/** A device that shows nothing and looks like `aDevice()` from the same network. */
export function shownDevice(more: Partial<PresentedDevice> = {}): PresentedDevice {
  const { id, name, class: deviceClass, browser, os, signature, network } = aDevice();
  const description = { id, name, class: deviceClass, browser, os };
  return { keyHash: null, freshKeyHash: randomUUID(), description, signature, network, ...more };
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
