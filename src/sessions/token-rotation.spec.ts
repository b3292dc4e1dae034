import type { Rotation, Session } from '../accounts/index.js';
import { anAccount, aSession, at, NOW } from '../../test/support/records.js';
import { sha256 } from '../common/index.js';
import { decideRenewal } from './session-renewal.decider.js';
import { decideTokenUse, rotated, tokenUseOf, type TokenUse } from './token-rotation.js';

const [OLDEST, OLD, LATEST, OTHER, FRESH] = ['oldest', 'old', 'latest', 'other', 'fresh'].map((name) =>
  sha256(name),
) as [string, string, string, string, string];

/** A session whose token OLD was rotated to LATEST. */
const aRotated = (rotation: Partial<Rotation> | null = {}, more: Partial<Session> = {}): Session =>
  aSession({
    tokenHash: LATEST,
    rotation: rotation && { predecessor: OLD, siblings: [], usedAt: null, ...rotation },
    ...more,
  });

const used = (session: Session, tokenHash: string, now = NOW) =>
  decideTokenUse(anAccount({ live: [session] }), { now, sessionId: session.id, tokenHash });
const afterUse = (session: Session, tokenHash: string, now = NOW) =>
  used(session, tokenHash, now).change!.account.live[0]!;

describe('a token', () => {
  it.each<[string, Rotation | null, [string, TokenUse | null][]]>([
    [
      'that was never rotated',
      null,
      [
        [LATEST, 'valid'],
        [OLD, null],
      ],
    ],
    [
      'whose successor waits for its first use',
      { predecessor: OLD, siblings: [], usedAt: null },
      [
        [LATEST, 'first'],
        [OLD, 'valid'],
        [OLDEST, null],
      ],
    ],
    [
      'whose successor was first used less than ten seconds ago',
      { predecessor: OLD, siblings: [OTHER], usedAt: at(-9.999) },
      [
        [LATEST, 'valid'],
        [OLD, 'valid'],
        [OTHER, 'first'],
        [OLDEST, null],
      ],
    ],
    [
      'whose successor was first used ten seconds ago',
      { predecessor: OLD, siblings: [OTHER], usedAt: at(-10) },
      [
        [LATEST, 'valid'],
        [OLD, 'reused'],
        [OTHER, 'reused'],
        [OLDEST, null],
      ],
    ],
  ])('%s', (_, rotation, uses) => {
    const session = aRotated(rotation);
    for (const [hash, use] of uses) expect(tokenUseOf(session, hash, NOW)).toBe(use);
  });
});

describe('the use of a token', () => {
  it('writes nothing but the first use of a successor', () => {
    const session = aRotated();
    expect(used(session, OLD).change).toBeNull();
    expect(used(session, OLDEST).change).toBeNull();
    const after = afterUse(session, LATEST);
    expect(after).toEqual({ ...session, rotation: { predecessor: OLD, siblings: [], usedAt: NOW } });
    for (const hash of [LATEST, OLD]) expect(used(after, hash, at(9)).change).toBeNull();
    expect(used(after, LATEST, at(3600 / 4)).change).toBeNull();
  });

  it('ends the session, and says so, where it was replaced ten seconds ago', () => {
    const session = aRotated({ usedAt: at(-10) });
    const { change } = used(session, OLD);
    expect(change?.ended).toEqual([{ ...session, endedAt: NOW, endReason: 'token_reused', endedBy: null }]);
    expect(change?.events.map(({ type, actor }) => [type, actor])).toEqual([
      ['session.ended', { kind: 'system' }],
      ['token.reused', { kind: 'system' }],
    ]);
    for (const hash of [OLD, LATEST]) expect(JSON.stringify(change?.events)).not.toContain(hash);
  });

  it('is nothing to a session that has ended, or that the clock ends', () => {
    const session = aRotated({ usedAt: at(-10) }, { expiresAt: NOW });
    expect(used(session, OLD).change).toBeNull();
    expect(decideTokenUse(anAccount(), { now: NOW, sessionId: session.id, tokenHash: OLD }).change).toBeNull();
  });

  it('of one of two racing successors makes it the token; the other one has ten seconds for its first use', () => {
    const session = aRotated({ siblings: [OTHER] });
    const first = afterUse(session, OTHER);
    expect(first).toMatchObject({ tokenHash: OTHER, rotation: { predecessor: OLD, siblings: [LATEST], usedAt: NOW } });
    const second = afterUse(first, LATEST, at(5));
    expect(second).toMatchObject({ tokenHash: LATEST, rotation: { predecessor: OTHER, siblings: [], usedAt: at(5) } });
    // No going to and fro: each successor is used for the first time once.
    expect(used(second, OTHER, at(14)).change).toBeNull();
    expect(used(second, OTHER, at(15)).change?.ended).toHaveLength(1);
    expect(used(first, LATEST, at(10)).change?.ended).toHaveLength(1);
  });
});

describe('a rotation', () => {
  it('keeps the token that was shown, and none before it', () => {
    const session = aRotated({ usedAt: at(-60) });
    const after = rotated(session, LATEST, FRESH, NOW);
    expect(after).toEqual({
      ...session,
      tokenHash: FRESH,
      rotation: { predecessor: LATEST, siblings: [], usedAt: null },
    });
    expect(tokenUseOf(after, OLD, NOW)).toBeNull();
  });

  it('that is asked for again, because the answer was lost, leaves the lost token good until one is used', () => {
    const again = rotated(aRotated(), OLD, FRESH, NOW);
    expect(again).toMatchObject({ tokenHash: FRESH, rotation: { predecessor: OLD, siblings: [LATEST], usedAt: null } });
    for (const [hash, use] of [
      [OLD, 'valid'],
      [LATEST, 'first'],
      [FRESH, 'first'],
    ] as const)
      expect(tokenUseOf(again, hash, NOW)).toBe(use);
    expect(tokenUseOf(afterUse(again, FRESH), LATEST, at(10))).toBe('reused');
  });

  it('leaves five successors good, and makes no sixth, so that nobody loses theirs by what another one asks for', () => {
    const names = Array.from({ length: 4 }, (_, i) => sha256(`successor ${i}`));
    const after = names.reduce((session, hash) => rotated(session, OLD, hash, NOW), aRotated());
    expect(() => rotated(after, OLD, FRESH, NOW)).toThrow(expect.objectContaining({ code: 'rotation_limit_reached' }));
    expect([LATEST, ...names].map((hash) => tokenUseOf(after, hash, NOW))).toEqual(Array(5).fill('first'));
    expect(tokenUseOf(after, OLD, NOW)).toBe('valid');
    const inUse = afterUse(after, LATEST);
    for (const hash of names) expect(tokenUseOf(inUse, hash, at(10))).toBe('reused');
    expect(rotated(inUse, LATEST, FRESH, at(10)).tokenHash).toBe(FRESH);
  });

  it('by the predecessor within its ten seconds takes the place of the token in use', () => {
    const after = rotated(aRotated({ usedAt: at(-5) }), OLD, FRESH, NOW);
    expect(after.rotation).toEqual({ predecessor: LATEST, siblings: [], usedAt: null });
    expect(tokenUseOf(after, OLD, NOW)).toBeNull();
  });

  it('counts as the first use of a successor that nobody has seen used', () => {
    const after = rotated(aRotated({ siblings: [OTHER] }), OTHER, FRESH, NOW);
    expect(after).toMatchObject({ tokenHash: FRESH, rotation: { predecessor: OTHER, siblings: [], usedAt: null } });
  });

  it.each([
    ['older than the predecessor', OLDEST, null],
    ['replaced ten seconds ago', OLD, at(-10)],
  ])('is refused with a token that is %s', (_, shown, usedAt) => {
    const session = aRotated({ usedAt });
    const renewal = { now: NOW, sessionId: session.id, rotation: { shown, fresh: FRESH }, sparesAdmins: false };
    expect(() => decideRenewal(anAccount({ live: [session] }), renewal)).toThrow(
      expect.objectContaining({ code: 'invalid_token' }),
    );
  });
});
