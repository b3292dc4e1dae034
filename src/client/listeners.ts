/** Calls each of them, though another throws: what it throws is the application's, and comes out where the application's errors do. */
export function tellEach<T>(listeners: Iterable<(payload: T) => void>, payload: T): void {
  for (const listener of listeners) {
    try {
      listener(payload);
    } catch (error) {
      report(error);
    }
  }
}

/** As an uncaught error. Browsers have a function for it, Node has not. */
function report(error: unknown): void {
  const { reportError } = globalThis as { reportError?: (error: unknown) => void };
  if (reportError) reportError(error);
  else
    queueMicrotask(() => {
      throw error;
    });
}
