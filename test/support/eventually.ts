/** What `read` finds, once `until` holds of it; what it found last where that takes longer than `patience`, in ms. */
export async function eventually<T>(read: () => Promise<T>, until: (found: T) => boolean, patience = 5000): Promise<T> {
  const giveUpAt = Date.now() + patience;
  for (;;) {
    const found = await read();
    if (until(found) || Date.now() > giveUpAt) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
