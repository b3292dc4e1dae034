/** A try that did not arrive. The reason is stored, logged and shown to administrators: it names no person and no address. */
export class DeliveryFailure extends Error {
  constructor(
    readonly reason: string,
    /** The target is well and will never take this one. */
    readonly isFinal = false,
    /** For how long the target has asked to be left alone, in ms. */
    readonly pause = 0,
  ) {
    super(reason);
  }

  /** The code of an error, never its message: that may hold an address. */
  static of(error: unknown): DeliveryFailure {
    if (error instanceof DeliveryFailure) return error;
    const { name, code, responseCode, command } = (error ?? {}) as Record<string, unknown>;
    const untrusted = certificateFault(error);
    if (untrusted) return new DeliveryFailure(untrusted);
    if (name === 'AbortError' || name === 'TimeoutError') return new DeliveryFailure('timeout');
    if (typeof responseCode === 'number') {
      return new DeliveryFailure(`smtp ${responseCode}`, command === 'RCPT TO' && responseCode >= 500);
    }
    const reason = [code, name].find((word) => typeof word === 'string');
    return new DeliveryFailure(typeof reason === 'string' ? reason : 'unknown');
  }
}

/** The target is gone for good, and says so: 410. */
export class TargetGoneError extends DeliveryFailure {
  constructor() {
    super('answered 410', true);
  }
}

/** What is wrong with a certificate, in words. Nodemailer puts a code of its own in the place of Node's, and leaves the message. */
const CERTIFICATE_FAULTS: readonly (readonly [RegExp, string])[] = [
  [/self[- ]signed/i, 'its certificate is self-signed'],
  [/expired/i, 'its certificate has expired'],
  [/not yet valid/i, 'its certificate is not valid yet'],
  [/altnames?\b|hostname/i, 'its certificate is for another host'],
  [/revoked/i, 'its certificate was revoked'],
  [/issuer certificate|first certificate|unable to verify/i, 'its certificate is of an authority that is not trusted'],
];

function certificateFault(error: unknown): string | null {
  const { code, message } = (error ?? {}) as Record<string, unknown>;
  const said = `${String(code)} ${String(message)}`;
  if (!/cert|altname/i.test(said)) return null;
  return (
    CERTIFICATE_FAULTS.find(([words]) => words.test(said.replaceAll('_', ' ')))?.[1] ?? 'its certificate was refused'
  );
}
