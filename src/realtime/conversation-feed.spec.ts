import type { Message } from '../messages/index.js';
import { at, NOW } from '../../test/support/records.js';
import { ConversationFeed } from './conversation-feed.js';

const message = (seq: number, createdAt = NOW): Message => ({
  id: `message-${seq}`,
  seq,
  from: 'asha',
  to: 'ravi',
  text: `Number ${seq}`,
  imageId: null,
  createdAt,
  readAt: null,
});

describe('ConversationFeed', () => {
  let stored: Message[];
  let told: number[];
  let reads: number;
  const source = {
    read: async (after: number, limit: number) => {
      reads++;
      // What is stored by the time of the answer, as of a real store.
      await Promise.resolve();
      return stored.filter(({ seq }) => seq > after).slice(0, limit);
    },
    tell: ({ seq }: Message) => {
      told.push(seq);
    },
  };
  const store = (...seqs: number[]) => {
    stored.push(...seqs.map((seq) => message(seq)));
    stored.sort((a, b) => a.seq - b.seq);
  };
  beforeEach(() => {
    stored = [];
    told = [];
    reads = 0;
  });

  it('hands on in the same turn, without a read, what comes in order', () => {
    const feed = new ConversationFeed(source, 1, NOW);
    for (const seq of [1, 2, 3]) void feed.add(message(seq));
    expect(told).toEqual([1, 2, 3]);
    expect(reads).toBe(0);
  });

  it('hands on each once and in order, whatever order their news comes in', async () => {
    store(1, 2, 3, 4, 5, 6);
    const feed = new ConversationFeed(source, 2, NOW);
    await Promise.all([feed.hear(2), feed.add(message(4)), feed.hear(1), feed.hear(6), feed.add(message(5))]);
    await Promise.all([feed.hear(3), feed.add(message(2)), feed.hear(6)]);
    expect(told).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('reads what came while it was reading', async () => {
    store(1, 2);
    const feed = new ConversationFeed(source, 2, NOW);
    const reading = feed.hear(2);
    store(3);
    await Promise.all([reading, feed.add(message(3))]);
    store(4);
    await feed.add(message(4));
    expect(told).toEqual([1, 2, 3, 4]);
  });

  it('goes on after a gap of any size, page by page', async () => {
    const feed = new ConversationFeed(source, 1, NOW);
    await feed.add(message(1));
    store(...Array.from({ length: 130 }, (_, index) => index + 1));
    await feed.hear(130);
    expect(told).toEqual(stored.map(({ seq }) => seq));
    expect(reads).toBe(3);
  });

  it('begins with the first it hears of, and with what was sent just before that', async () => {
    stored = [message(40, at(-60)), message(41, at(-6)), message(42, at(-4)), message(43)];
    await new ConversationFeed(source, 43, NOW).hear(43);
    expect(told).toEqual([42, 43]);
    // A clock that is behind keeps nobody from hearing the news itself.
    stored = [message(44, at(-3600))];
    told = [];
    await new ConversationFeed(source, 44, NOW).hear(44);
    expect(told).toEqual([44]);
  });

  it('is not silenced by news of a message that does not exist', async () => {
    store(1, 2);
    const feed = new ConversationFeed(source, 1, NOW);
    await feed.hear(Number.MAX_SAFE_INTEGER);
    expect(told).toEqual([1, 2]);
    store(3);
    await feed.add(message(3));
    store(4);
    await feed.hear(4);
    expect(told).toEqual([1, 2, 3, 4]);
  });

  it('makes up with the next news for a read that failed', async () => {
    const { read } = source;
    source.read = () => Promise.reject(new Error('gone'));
    const feed = new ConversationFeed(source, 2, NOW);
    await expect(feed.hear(2)).rejects.toThrow('gone');
    source.read = read;
    store(1, 2, 3);
    await feed.add(message(3));
    expect(told).toEqual([1, 2, 3]);
  });
});
