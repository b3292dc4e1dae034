import type { Image } from './image.js';
import { avatarUrl, idInAvatarUrl, imageUrl, mayBeSeenBy, previewUrl, sizeFor } from './image.rules.js';

const ID = '01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f';

const anImage = (given: Partial<Image>): Image => ({
  id: ID,
  ownerId: 'owner',
  use: 'message',
  messageId: 'message',
  viewers: ['viewer'],
  confirmed: true,
  createdAt: new Date(0),
  ...given,
});

describe('the id in the URL of an avatar', () => {
  it('is found in our own, and in no other', () => {
    expect(idInAvatarUrl(avatarUrl(ID))).toBe(ID);
    const others = [
      '',
      imageUrl(ID),
      previewUrl(ID),
      `/v1/images/${ID}/64`,
      `https://elsewhere.example/v1/images/${ID}/256`,
    ];
    for (const url of [...others, '/v1/images//256', `${avatarUrl(ID)}/x`]) expect(idInAvatarUrl(url)).toBeNull();
  });
});

describe('who may see a picture', () => {
  it.each<[use: Image['use'], who: string, may: boolean]>([
    ['avatar', 'anybody', true],
    ['message', 'owner', true],
    ['message', 'viewer', true],
    ['message', 'anybody', false],
    ['message', 'view', false],
  ])('%s: %s → %s', (use, who, may) => {
    expect(mayBeSeenBy(anImage({ use }), who)).toBe(may);
  });
});

describe('the size that a URL asks for', () => {
  it.each<[use: Image['use'], asked: string | null, kept: string | null]>([
    ['avatar', null, '256'],
    ['avatar', '256', '256'],
    ['avatar', '64', '64'],
    ['avatar', 'preview', null],
    ['avatar', 'full', null],
    ['message', null, 'full'],
    ['message', 'preview', 'preview'],
    ['message', '256', null],
    ['message', 'full', null],
    ['message', '', null],
  ])('%s, %s → %s', (use, asked, kept) => {
    expect(sizeFor(anImage({ use }), asked)).toBe(kept);
  });
});
