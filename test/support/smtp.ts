import { EventEmitter, on, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail server that keeps what it is handed. */
export interface TestSmtp {
  /** Settings that lead the service to it. */
  readonly settings: Readonly<Record<string, string>>;
  readonly mails: readonly ParsedMail[];
  /** Answers recipients, or this one, with the code instead of taking the mail; null takes it. */
  refuseWith(code: number | null, recipient?: string): void;
  /** From now on it takes connections and recipients, and answers none. */
  fallSilent(): void;
  /** Resolves once it has left so many recipients without an answer. */
  ignored(count: number): Promise<void>;
  /** Resolves once so many recipients have been refused since `refuseWith`. */
  refused(count: number): Promise<void>;
  /** Resolves once so many mails have come, to that address where one is named. */
  received(count: number, address?: string): Promise<readonly ParsedMail[]>;
  close(): Promise<void>;
}

/** `port`: a fixed one instead of a free one. */
export async function startSmtp(port = 0): Promise<TestSmtp> {
  const mails: ParsedMail[] = [];
  const arrivals = new EventEmitter();
  let refusal: { code: number; recipient: string | undefined } | null = null;
  let refusals = 0;
  let silent = false;
  let ignored = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => {
      if (silent) {
        ignored += 1;
        arrivals.emit('silence');
        return;
      }
      if (refusal === null || (refusal.recipient ?? address) !== address) {
        done();
        return;
      }
      done(Object.assign(new Error('not now'), { responseCode: refusal.code }));
      refusals += 1;
      arrivals.emit('refusal');
    },
    onData: (stream, _session, done) => {
      simpleParser(stream).then(
        (mail) => {
          mails.push(mail);
          done();
          arrivals.emit('mail');
        },
        (error: unknown) => done(error as Error),
      );
    },
  });
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const { port: taken } = server.server.address() as AddressInfo;
  return {
    settings: { SMTP_URL: `smtp://127.0.0.1:${taken}`, MAIL_FROM: 'Oneseat <no-reply@oneseat.example>' },
    mails,
    refuseWith: (code, recipient) => {
      refusal = code === null ? null : { code, recipient };
      refusals = 0;
    },
    fallSilent: () => {
      silent = true;
    },
    ignored: async (count) => {
      if (ignored >= count) return;
      for await (const _ of on(arrivals, 'silence')) if (ignored >= count) break;
    },
    refused: async (count) => {
      if (refusals >= count) return;
      for await (const _ of on(arrivals, 'refusal')) if (refusals >= count) break;
    },
    received: async (count, address) => {
      const found = () => mails.filter((mail) => address === undefined || isTo(mail, address));
      if (found().length >= count) return found();
      for await (const _ of on(arrivals, 'mail')) if (found().length >= count) break;
      return found();
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export const isTo = ({ to }: ParsedMail, address: string) => [to].flat().some((one) => one?.text === address);
