import { v7 as uuidv7 } from 'uuid';
import type { ConversationQuery, Message } from '../../../src/messages/index.js';
import { NOW, storedAccount } from '../../support/records.js';
import { openTwice, type TestStorage } from '../../support/storage.js';
import { ENGINES } from '../../support/stores.js';

describe.each(ENGINES)('%s: conversation store', (engine) => {
  let close: () => Promise<void>;
  /** Two processes on one store. */
  let one: TestStorage;
  let two: TestStorage;
  let asha: string;
  let others: string[];

  beforeAll(async () => {
    ({ one, two, close } = await openTwice(engine));
  });
  beforeEach(async () => {
    asha = await aPerson();
    others = [await aPerson(), await aPerson(), await aPerson(), await aPerson()];
  });
  afterAll(() => close());

  const aPerson = async () => (await storedAccount(one)).id;
  const send = async (from: string, to: string, storage = one, id = uuidv7()): Promise<Message> => {
    const draft = { id, from, to, text: 'See you at six.', imageId: null, createdAt: NOW, readAt: null };
    return (await storage.messages.add(draft, null)).message;
  };
  const list = (userId: string, query: Partial<ConversationQuery> = {}) =>
    two.conversations.listOf(userId, { limit: 100, ...query });
  const othersOf = async (userId: string, query: Partial<ConversationQuery> = {}) =>
    (await list(userId, query)).map(({ other }) => other);

  it('has everybody with whom the user has written, once, by the newest message of either', async () => {
    const [first, second, third] = others as [string, string, string];
    await send(asha, first);
    await send(second, asha);
    await send(asha, third);
    await send(first, second);
    expect(await othersOf(asha)).toEqual([third, second, first]);
    const { id } = await send(first, asha);
    expect(await list(asha)).toMatchObject([{ other: first, place: id }, { other: third }, { other: second }]);
    expect(await othersOf(asha, { after: '' })).toEqual([second, third, first]);
    expect((await list(first))[0]).toEqual({ other: asha, place: id });
    expect(await othersOf(third)).toEqual([asha]);
    expect(await list(others[3]!)).toEqual([]);
  });

  it('knows who has written to whom and got an answer', async () => {
    const [answered, asked, wrote, stranger] = others as [string, string, string, string];
    const mutual = (userId: string, of: readonly string[]) => two.conversations.listMutual(userId, of);
    await send(asha, answered);
    await send(asha, asked);
    await send(wrote, asha);
    expect(await mutual(asha, others)).toEqual(new Set());
    await send(answered, asha);
    expect(await mutual(asha, others)).toEqual(new Set([answered]));
    expect(await mutual(answered, [asha, stranger])).toEqual(new Set([asha]));
    expect(await mutual(asked, [asha])).toEqual(new Set());
    expect(await mutual(asha, [])).toEqual(new Set());
  });

  it('pages behind and before a place', async () => {
    for (const [index, other] of others.entries()) await (index % 2 ? send(asha, other) : send(other, asha));
    const [fourth, third, second, first] = await list(asha);
    expect(await list(asha, { limit: 2 })).toEqual([fourth, third]);
    expect(await list(asha, { before: third!.place, limit: 2 })).toEqual([second, first]);
    expect(await list(asha, { before: first!.place })).toEqual([]);
    expect(await list(asha, { after: first!.place, limit: 2 })).toEqual([second, third]);
    expect(await list(asha, { after: fourth!.place })).toEqual([]);
  });

  it('shows what changes while somebody pages from the oldest on, again or for the first time', async () => {
    for (const other of others) await send(asha, other);
    const [first, second] = await list(asha, { after: '', limit: 2 });
    await send(others[0]!, asha);
    await send(others[3]!, asha);
    expect(await othersOf(asha, { after: second!.place })).toEqual([others[2], others[0], others[3]]);
    expect(first!.other).toBe(others[0]);
  });

  it('moves forward only: an older message that was stored later changes no place', async () => {
    const older = uuidv7();
    const [first, second] = others as [string, string];
    const newer = await send(asha, first);
    await send(asha, second);
    await send(asha, first, two, older);
    expect(await list(asha)).toMatchObject([{ other: second }, { other: first, place: newer.id }]);
  });

  it('has one entry where two processes begin the conversation at once', async () => {
    for (const other of others) {
      const sent = await Promise.all([send(asha, other, one), send(other, asha, two), send(asha, other, two)]);
      const place = sent
        .map(({ id }) => id)
        .sort()
        .at(-1);
      expect((await list(asha)).filter((entry) => entry.other === other)).toEqual([{ other, place }]);
    }
  });

  it('removes the entries of the user for both people, a few at a time, and leaves the others', async () => {
    for (const [index, other] of others.entries()) await (index % 2 ? send(asha, other) : send(other, asha));
    await send(others[0]!, others[1]!);
    const remove = () => one.conversations.removeOf(asha, 3);
    expect([await remove(), await remove(), await remove()]).toEqual([3, 1, 0]);
    expect(await list(asha)).toEqual([]);
    expect(await othersOf(others[0]!)).toEqual([others[1]]);
    expect(await othersOf(others[2]!)).toEqual([]);
  });
});
