import { v7 as uuidv7 } from 'uuid';
import { asEndedBy, SYSTEM, withoutHash, type AccountEvent } from '../accounts/index.js';
import { aDevice, aSession, NOW } from '../../test/support/records.js';
import { entryOf, idsOnly } from './audit.entry.js';

const EVENT = { id: uuidv7(), userId: uuidv7(), at: NOW, actor: SYSTEM };

describe('entryOf', () => {
  it('keeps ids, addresses and reasons, and neither names nor user agents', () => {
    const device = aDevice({ name: "Asha's phone" });
    const by = asEndedBy(aSession({ ip: '2001:db8::1', device }));
    const session = withoutHash(aSession({ device, userAgent: 'Secret/1.0' }));
    const ended = { ...session, endedAt: NOW, endReason: 'displaced' as const, endedBy: by };
    const { details, ...entry } = entryOf({ ...EVENT, type: 'session.ended', session: ended });
    expect(entry).toEqual({ ...EVENT, type: 'session.ended' });
    expect(details).toMatchObject({
      session: {
        id: session.id,
        ip: session.ip,
        endReason: 'displaced',
        device: { id: device.id, class: 'desktop' },
        endedBy: { sessionId: by.sessionId, ip: '2001:db8::1' },
      },
    });
    expect(JSON.stringify(details)).not.toMatch(/Asha|Secret|Firefox|tokenHash/);
  });

  it('keeps nothing of how the person is told', () => {
    const telling = { changes: [], first: true, by: { kind: 'device', settled: true, since: NOW } } as const;
    const { details } = entryOf({ ...EVENT, telling, type: 'password.changed', by: null });
    expect(details).toEqual({});
  });

  it('takes an event of any type, and of unknown members only what has the form of an id, an address or a word', () => {
    const id = uuidv7();
    const unknown = {
      ...EVENT,
      type: 'something.new',
      requestId: id,
      externalId: '+919012345678',
      deviceId: 'asha@example.com',
      reason: 'Asha said so',
      ip: 'asha',
      mobile: '+919012345678',
      code: '123456',
      keyHash: 'ab'.repeat(32),
      number: 9_012_345_678,
      list: [{ id, name: 'Asha' }, 'Asha'],
      deviceIds: [id, 'Asha'],
      kinds: ['mobile', '+919012345678'],
      channel: 'email',
    };
    const { details } = entryOf(unknown as unknown as AccountEvent);
    expect(details).toEqual({ requestId: id, channel: 'email', list: [{ id }], deviceIds: [id], kinds: ['mobile'] });
  });

  it('leaves nothing but ids of the details of somebody who is gone', () => {
    const [id, sessionId] = [uuidv7(), uuidv7()];
    const details = {
      ip: '203.0.113.7',
      scope: `user:${id}`,
      policy: { limit: 1, onLimit: 'refuse' },
      session: { id, userId: id, ip: '203.0.113.7', endReason: 'revoked', device: { id, class: 'mobile' } },
      by: { sessionId, ip: '2001:db8::1' },
    };
    const reduced = { policy: {}, session: { id, userId: id, device: { id } }, by: { sessionId } };
    expect(idsOnly(details)).toEqual(reduced);
    expect(idsOnly(reduced)).toEqual(reduced);
  });
});
