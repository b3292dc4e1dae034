/** What `read` finds, once `until` holds of it; what it found last where that takes longer than 5 s. */
export async function eventually<T>(read: () => Promise<T>, until: (found: T) => boolean): Promise<T> {
  const giveUpAt = Date.now() + 5000;
  for (;;) {
    const found = await read();
    if (until(found) || Date.now() > giveUpAt) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
