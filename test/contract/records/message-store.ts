import { v7 as uuidv7 } from 'uuid';
import type { Draft, Message } from '../../../src/messages/index.js';
import { at, NOW, storedAccount } from '../../support/records.js';
import { openTwice, type TestStorage } from '../../support/storage.js';
import { ENGINES } from '../../support/stores.js';

const seqsOf = (messages: readonly Message[]) => messages.map(({ seq }) => seq);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe.each(ENGINES)('%s: message store', (engine) => {
  let close: () => Promise<void>;
  /** Two processes on one store. */
  let one: TestStorage;
  let two: TestStorage;
  let asha: string;
  let ravi: string;

  beforeAll(async () => {
    ({ one, two, close } = await openTwice(engine));
  });
  beforeEach(async () => {
    [asha, ravi] = [await aPerson(), await aPerson()];
  });
  afterAll(() => close());

  const aPerson = async () => (await storedAccount(one)).id;
  const aDraft = (given: Partial<Draft> = {}): Draft => ({
    id: uuidv7(),
    from: asha,
    to: ravi,
    text: 'See you at six.',
    imageId: null,
    createdAt: NOW,
    readAt: null,
    ...given,
  });
  const send = async (given: Partial<Draft> = {}, key: string | null = null, storage = one) =>
    (await storage.messages.add(aDraft(given), key)).message;
  const answer = (given: Partial<Draft> = {}) => send({ from: ravi, to: asha, ...given });
  const list = (query: object = {}, people = [asha, ravi]) =>
    one.messages.listBetween(people[0]!, people[1]!, { limit: 1000, ...query });

  describe('add', () => {
    it('keeps the whole message, words or image, and counts within the conversation', async () => {
      const draft = aDraft();
      expect(await one.messages.add(draft, null)).toEqual({ message: { ...draft, seq: 1 }, repeated: false });
      const image = await answer({ text: null, imageId: uuidv7(), createdAt: at(1) });
      const elsewhere = await send({ to: await aPerson() });
      expect([image.seq, elsewhere.seq]).toEqual([2, 1]);
      expect(await one.messages.find(draft.id)).toEqual({ ...draft, seq: 1 });
      expect(await two.messages.find(image.id)).toEqual(image);
      expect(await list()).toEqual([image, { ...draft, seq: 1 }]);
    });

    it('returns the first under a key again, and stores nothing', async () => {
      const first = await send({}, 'key-1');
      await answer();
      const other = await aPerson();
      const tries = [aDraft({ createdAt: at(5) }), aDraft({ text: 'Something else' }), aDraft({ to: other })];
      for (const draft of tries)
        expect(await two.messages.add(draft, 'key-1')).toEqual({ message: first, repeated: true });
      expect(await list()).toHaveLength(2);
      expect(await list({}, [asha, other])).toEqual([]);
    });

    it('takes a key for another of its sender, and one key of two people for two', async () => {
      await send({}, 'key-1');
      await send({}, 'key-2');
      expect(await one.messages.add(aDraft({ from: ravi, to: asha }), 'key-1')).toMatchObject({ repeated: false });
      expect(await list()).toHaveLength(3);
    });

    it('numbers what two processes add at once without a gap, in both directions', async () => {
      const drafts = Array.from({ length: 60 }, (_, index) =>
        index % 3 === 0 ? aDraft({ from: ravi, to: asha }) : aDraft(),
      );
      const added = await Promise.all(drafts.map((draft, index) => (index % 2 ? one : two).messages.add(draft, null)));
      expect(seqsOf(added.map(({ message }) => message)).sort((a, b) => a - b)).toEqual(upTo(60));
      const listed = await list({ after: 0 });
      expect(seqsOf(listed)).toEqual(upTo(60));
      expect(listed.map(({ id }) => id).sort()).toEqual(drafts.map(({ id }) => id).sort());
    });

    it('stores one of those that two processes add at once under one key', async () => {
      for (let round = 0; round < 5; round++) {
        const drafts = Array.from({ length: 12 }, () => aDraft());
        const key = `raced-${round}`;
        const added = await Promise.all(drafts.map((draft, index) => (index % 2 ? one : two).messages.add(draft, key)));
        expect(new Set(added.map(({ message }) => message.id)).size).toBe(1);
        expect(added.filter(({ repeated }) => !repeated)).toHaveLength(1);
      }
      expect(seqsOf(await list({ after: 0 }))).toEqual(upTo(5));
    });

    it('shows no message before those with lower numbers', async () => {
      const sends = Array.from({ length: 20 }, (_, index) => send({}, null, index % 2 ? one : two));
      const state = { sending: true };
      const sending = Promise.all(sends).finally(() => (state.sending = false));
      while (state.sending) {
        const listed = seqsOf(await list({ after: 0 }));
        expect(listed).toEqual(upTo(listed.length));
        await new Promise((resolve) => setImmediate(resolve));
      }
      await sending;
      expect(seqsOf(await list({ after: 0 }))).toEqual(upTo(20));
    });
  });

  describe('listBetween', () => {
    it('lists newest first from a number on, or oldest first behind one, for either of the two', async () => {
      for (let count = 0; count < 3; count++) {
        await send();
        await answer();
      }
      expect(seqsOf(await list())).toEqual([6, 5, 4, 3, 2, 1]);
      expect(seqsOf(await list({}, [ravi, asha]))).toEqual([6, 5, 4, 3, 2, 1]);
      expect(seqsOf(await list({ limit: 2 }))).toEqual([6, 5]);
      expect(seqsOf(await list({ before: 5, limit: 2 }))).toEqual([4, 3]);
      expect(seqsOf(await list({ after: 2, limit: 3 }))).toEqual([3, 4, 5]);
      expect(seqsOf(await list({ after: 0, limit: 2 }))).toEqual([1, 2]);
      expect(await list({ after: 6 })).toEqual([]);
      expect(await list({ before: 1 })).toEqual([]);
    });

    it('shows nothing of what others write', async () => {
      const stranger = await aPerson();
      await send();
      await send({ to: stranger });
      expect(await list({}, [ravi, stranger])).toEqual([]);
      expect(await list({}, [uuidv7(), ravi])).toEqual([]);
      expect(await list({ after: 0 }, [ravi, stranger])).toEqual([]);
      expect(await one.messages.find(uuidv7())).toBeNull();
    });
  });

  describe('markRead', () => {
    const readAtOf = async () => (await list({ after: 0 })).map(({ readAt }) => readAt);
    const mark = (upTo: number, readAt: Date, { reader = ravi, from = asha, limit = 100, storage = one } = {}) =>
      storage.messages.markRead(reader, from, { upTo, readAt, limit });
    const nothing = { last: null, more: false };

    it('marks what was written to the reader, up to there, and each once', async () => {
      const [first, , second] = [await send(), await answer(), await send(), await send()];
      expect(await mark(2, at(5))).toEqual({ last: { ...first, readAt: at(5) }, more: false });
      expect(await readAtOf()).toEqual([at(5), null, null, null]);
      expect(await mark(3, at(9), { storage: two })).toEqual({ last: { ...second, readAt: at(9) }, more: false });
      expect(await readAtOf()).toEqual([at(5), null, at(9), null]);
      expect(await mark(3, at(20))).toEqual(nothing);
      expect(await readAtOf()).toEqual([at(5), null, at(9), null]);
    });

    it('passes over what others wrote to the reader', async () => {
      const other = await aPerson();
      const foreign = await send({ from: other });
      await send();
      expect(await mark(100, at(5))).not.toEqual(nothing);
      expect(await one.messages.find(foreign.id)).toEqual(foreign);
      expect(await mark(100, at(5), { reader: other })).toEqual(nothing);
    });

    it('marks as many as it may, the first ones first, and goes on behind them', async () => {
      const mine = [];
      for (let count = 0; count < 5; count++) {
        mine.push(await send());
        await answer();
      }
      const steps = [];
      for (let minute = 1; minute <= 4; minute++) {
        steps.push(await mark(9, at(minute), { limit: 2, storage: minute % 2 ? one : two }));
        const read = (await readAtOf()).filter((readAt) => readAt !== null);
        expect(read).toEqual([1, 1, 2, 2, 3].slice(0, 2 * minute).map(at));
      }
      expect(steps).toEqual([
        { last: { ...mine[1], readAt: at(1) }, more: true },
        { last: { ...mine[3], readAt: at(2) }, more: true },
        { last: { ...mine[4], readAt: at(3) }, more: false },
        nothing,
      ]);
    });

    it('gives each message one time among racing readers', async () => {
      for (let count = 0; count < 10; count++) await send();
      const times = Array.from({ length: 10 }, (_, index) => at(index));
      await Promise.all(times.map((time, index) => mark(index + 1, time, { storage: index % 2 ? one : two })));
      const before = await readAtOf();
      expect(before.every((time) => time !== null)).toBe(true);
      expect(await mark(10, at(60))).toEqual(nothing);
      expect(await readAtOf()).toEqual(before);
    });
  });

  describe('summarize', () => {
    it('has the last message and the unread ones of each of those people', async () => {
      const [mute, meena] = [await aPerson(), await aPerson()];
      await send();
      await send();
      const last = await answer();
      await one.messages.markRead(ravi, asha, { upTo: 1, readAt: at(1), limit: 100 });
      const toRavi = await send({ from: meena, createdAt: at(3) });
      await send({ from: meena, to: asha });
      const summaries = await one.messages.summarize(ravi, [asha, mute, meena, uuidv7()]);
      expect([...summaries]).toHaveLength(2);
      expect(summaries.get(asha)).toEqual({ last, unread: 1 });
      expect(summaries.get(meena)).toEqual({ last: toRavi, unread: 1 });
      expect((await one.messages.summarize(asha, [ravi])).get(ravi)).toEqual({ last, unread: 1 });
      expect(await one.messages.summarize(ravi, [])).toEqual(new Map());
    });
  });

  describe('listOf and remove', () => {
    it('page through all that the user wrote and was written, and nothing else', async () => {
      const other = await aPerson();
      const mine = [await send(), await answer(), await send({ to: other }), await send({ from: other, to: asha })];
      await send({ from: other });
      const [first, second] = [
        await one.messages.listOf(asha, null, 3),
        await one.messages.listOf(asha, mine[2]!.id, 3),
      ];
      expect(first).toEqual(mine.slice(0, 3));
      expect(second).toEqual(mine.slice(3));
      expect(await one.messages.listOf(await aPerson(), null, 3)).toEqual([]);
    });

    it('remove those that are named, again too, and leave the rest', async () => {
      const other = await aPerson();
      const mine = [await send({ imageId: uuidv7() }), await answer(), await send({ to: other })];
      const ids = mine.map(({ id }) => id);
      const kept = await send({ from: other });
      await one.messages.remove(ids.slice(0, 2));
      expect(await two.messages.listOf(asha, null, 9)).toEqual(mine.slice(2));
      await two.messages.remove([...ids, uuidv7()]);
      await one.messages.remove([]);
      expect(await one.messages.listOf(asha, null, 9)).toEqual([]);
      expect(await list()).toEqual([]);
      expect(await list({}, [other, ravi])).toEqual([kept]);
      expect([...(await one.messages.summarize(ravi, [asha, other])).keys()]).toEqual([other]);
    });
  });
});
