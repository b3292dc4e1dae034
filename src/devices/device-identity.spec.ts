import { aDevice, at, NOW, shownDevice } from '../../test/support/records.js';
import { deviceKnownBy, identifyDevice, shownByHolder } from './device-identity.js';
import { deviceKeyHashes, presentDevice } from './presented-device.js';

const KNOWN = aDevice({ keyHash: 'known', name: 'Kitchen tablet', firstSeenAt: at(-99), lastSeenAt: at(-99) });
const UPDATED = { id: 'x', name: 'Chrome on Windows', class: 'desktop', browser: 'Chrome', os: 'Windows' } as const;

describe('identifyDevice', () => {
  it('knows a device by its secret alone, wherever it is and whatever it looks like', () => {
    const shown = shownDevice({ keyHashes: ['another', 'known'], description: UPDATED, signature: 's', network: 'n' });
    expect(identifyDevice([aDevice(), KNOWN], shown, NOW)).toEqual({
      proven: true,
      firstSeen: false,
      device: {
        ...KNOWN,
        browser: 'Chrome',
        os: 'Windows',
        signature: 's',
        network: 'n',
        lastSeenAt: NOW,
        provenAt: NOW,
      },
    });
  });

  it('takes a device with an unknown secret for new, however much it looks like a known one', () => {
    const identified = identifyDevice([KNOWN], shownDevice({ keyHashes: ['unknown'], newKeyHash: 'fresh' }), NOW);
    expect(identified).toMatchObject({
      proven: false,
      firstSeen: true,
      device: { keyHash: 'fresh', provenAt: null },
    });
    expect(identified.device.id).not.toBe(KNOWN.id);
  });

  it.each([
    ['signature and network together', {}, false],
    ['the signature of an earlier rule', { signature: 's', formerSignature: KNOWN.signature }, false],
    ['not by the signature alone', { network: '198.51.100.0/24' }, true],
    ['not by the network alone', { signature: 'mobile|iOS|Safari' }, true],
  ])('recognises a device without a secret by %s', (_, more, firstSeen) => {
    const shown = shownDevice(more);
    const identified = identifyDevice([KNOWN], shown, NOW);
    expect(identified).toMatchObject({ proven: false, firstSeen });
    expect(identified.device).toMatchObject({
      id: shown.description.id,
      keyHash: shown.newKeyHash,
      firstSeenAt: NOW,
    });
  });

  it('does not put signature and network together from two devices', () => {
    const devices = [aDevice({ network: 'n' }), aDevice({ signature: 's' })];
    expect(identifyDevice(devices, shownDevice({ signature: 's', network: 'n' }), NOW).firstSeen).toBe(true);
  });
});

describe('shownByHolder', () => {
  const HOLDER = { deviceId: 'given', keyHash: 'key', class: 'desktop', ip: '203.0.113.7' } as const;
  const shownWith = (keyHashes: string[], devices = [KNOWN]) =>
    identifyDevice(devices, shownByHolder(devices, shownDevice({ keyHashes }), HOLDER), NOW);

  it('gives a new device the id and the secret that came with the ticket', () => {
    expect(shownWith(['key']).device).toMatchObject({ id: 'given', keyHash: 'key', firstSeenAt: NOW, provenAt: null });
  });

  it('makes it neither known nor new that it shows that secret', () => {
    expect(shownWith(['key'])).toMatchObject({ proven: false, firstSeen: false });
    expect(shownWith(['key', 'unknown'])).toMatchObject({ proven: false, firstSeen: true });
  });

  it('leaves a device as it is that the account has known before, or knows by now', () => {
    const device = aDevice({ keyHash: 'key' });
    expect(shownWith(['key'], [device])).toMatchObject({ proven: true, device: { id: device.id } });
    expect(shownWith(['key', 'known'])).toMatchObject({ proven: true, device: { id: KNOWN.id } });
  });
});

describe('presentDevice', () => {
  const client = { ip: '203.0.113.77', userAgent: 'Thunder Client/2.0', hints: null };
  const present = (proof: Parameters<typeof deviceKeyHashes>[1], ip = client.ip) =>
    presentDevice('user-1', 'new-id', { ...client, ip, proof });

  it('gives a new device a secret that proves it the next time, whatever it shows', () => {
    for (const secrets of [[], ['of another account']]) {
      const { shown, secretOf } = present({ kind: 'browser', secrets });
      const secret = secretOf({ keyHash: shown.newKeyHash })!;
      expect(secret).toMatch(/^[\w-]{43}$/);
      const again = present({ kind: 'browser', secrets: [...secrets, secret] });
      expect(again.shown.keyHashes).toContain(shown.newKeyHash);
      expect(again.secretOf({ keyHash: shown.newKeyHash })).toBe(secret);
    }
  });

  it('keeps the id by which a service names a device, which has no secret', () => {
    const { shown, secretOf } = present({ kind: 'vouched', deviceId: 'install-1' });
    expect(shown.keyHashes).toEqual([shown.newKeyHash]);
    expect(secretOf({ keyHash: shown.newKeyHash })).toBeNull();
  });

  it('knows of several devices one that is not blocked, and the oldest', () => {
    const [young, old, blocked] = [
      aDevice({ firstSeenAt: at(-10) }),
      aDevice({ firstSeenAt: at(-20) }),
      aDevice({ firstSeenAt: at(-30), blockedAt: NOW }),
    ];
    const hashes = [young, old, blocked].map(({ keyHash }) => keyHash);
    expect(deviceKnownBy([young, blocked, old], hashes)).toBe(old);
    expect(deviceKnownBy([young, blocked, old], [blocked.keyHash])).toBe(blocked);
    expect(deviceKnownBy([young, blocked, old], [])).toBeNull();
  });

  it('lets no two users be linked by the same secret, and no service name stand in for a secret', () => {
    const hashes = [
      ...deviceKeyHashes('user-1', { kind: 'browser', secrets: ['same'] }),
      ...deviceKeyHashes('user-2', { kind: 'browser', secrets: ['same'] }),
      ...deviceKeyHashes('user-1', { kind: 'vouched', deviceId: 'same' }),
    ];
    expect(new Set(hashes).size).toBe(3);
    expect(deviceKeyHashes('user-1', { kind: 'native', secrets: ['same'] })).toEqual([hashes[0]]);
  });

  it.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:1:2:3::4', '2001:db8:1::/48'],
  ])('places %s in the network %s', (ip, network) => {
    expect(present({ kind: 'browser', secrets: [] }, ip).shown.network).toBe(network);
  });
});
