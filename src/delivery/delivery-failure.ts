/** A try that did not arrive. The reason is stored, logged and shown to administrators: it names no person and no address. */
export class DeliveryFailure extends Error {
  constructor(
    readonly reason: string,
    /** The target is well and will never take this one. */
    readonly isFinal = false,
  ) {
    super(reason);
  }

  /** The code of an error, never its message: that may hold an address. */
  static of(error: unknown): DeliveryFailure {
    if (error instanceof DeliveryFailure) return error;
    const { name, code, responseCode, command } = (error ?? {}) as Record<string, unknown>;
    if (name === 'AbortError' || name === 'TimeoutError') return new DeliveryFailure('timeout');
    if (typeof responseCode === 'number') {
      return new DeliveryFailure(`smtp ${responseCode}`, command === 'RCPT TO' && responseCode >= 500);
    }
    const reason = [code, name].find((word) => typeof word === 'string');
    return new DeliveryFailure(typeof reason === 'string' ? reason : 'unknown');
  }
}
