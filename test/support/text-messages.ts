import type { Clock } from '../../src/common/index.js';
import { aSecret, startReceiver, type Receiver } from './receiver.js';

/** The operator's provider of text messages, with what it was asked to send. */
export interface TextMessages {
  readonly settings: Readonly<Record<string, string>>;
  /** The digits of the newest code to that mobile, once `count` codes have come for it, whatever notices come in between. */
  codeFor(mobile: string, count?: number): Promise<string>;
  sentTo(mobile: string): readonly string[];
  codesTo(mobile: string): readonly string[];
  /** Resolves once `count` messages have come for that mobile. */
  messagesTo(mobile: string, count: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** `clock` is the service's, where a test sets it: messages are refused whose signature is minutes old. */
export async function startTextMessages(clock?: Clock): Promise<TextMessages> {
  const receiver: Receiver = await startReceiver(clock ? { clock } : {});
  receiver.verify('/sms', aSecret());
  const sentTo = (mobile: string) =>
    receiver.received.filter(({ body }) => body.to === mobile).map(({ body }) => body.text as string);
  const codesTo = (mobile: string) => sentTo(mobile).flatMap((text) => /: (\d{6})\. /.exec(text)?.[1] ?? []);
  const waitFor = async (count: number, of: () => readonly string[]) => {
    while (of().length < count) await receiver.gets(receiver.received.length + 1);
    return of();
  };
  return {
    settings: { SMS_WEBHOOK_URL: `${receiver.url}/sms`, SMS_WEBHOOK_SECRET: aSecret() },
    sentTo,
    codesTo,
    codeFor: async (mobile, count = 1) => (await waitFor(count, () => codesTo(mobile))).at(-1)!,
    messagesTo: (mobile, count) => waitFor(count, () => sentTo(mobile)),
    close: () => receiver.close(),
  };
}
