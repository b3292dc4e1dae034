import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { Clock } from '../common/index.js';
import { Config } from '../config/index.js';
import { withDeadline } from './deadline.js';
import { DeliveryFailure } from './delivery-failure.js';

/** What a person reads. `html` says the same as `text`. */
export interface Message {
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

/** For connecting, the greeting, and silence in between, in ms. */
const TIMEOUT = 10_000;
/** For all of it, in ms: a server that answers drop by drop is never silent. */
const WHOLE_TIMEOUT = 15_000;
const CONNECTIONS = 4;

/** Hands mail to the operator's SMTP server. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly transport: ReturnType<typeof openSmtp> | null;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    this.transport = config.mail && openSmtp(config.mail.smtpUrl);
  }

  get isConfigured(): boolean {
    return this.transport !== null;
  }

  /** The same `id` makes the same Message-Id, by which mail programs recognise a repeat. Throws `DeliveryFailure`. */
  async send(to: string, { subject, text, html }: Message, id: string, breakOff: AbortSignal): Promise<void> {
    const { transport, config } = this;
    if (!transport || !config.mail) throw new DeliveryFailure('no mail server is configured');
    const domain = config.mail.from.replace(/^.*@|>$/g, '');
    const mail = {
      from: config.mail.from,
      // As an object it is one address, whatever characters it has.
      to: { name: '', address: to },
      // People get mails of many services.
      subject: `${config.productName}: ${subject}`,
      text,
      ...(html !== undefined && { html }),
      messageId: `<${id}@${domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    };
    try {
      await withDeadline(this.clock, WHOLE_TIMEOUT, breakOff, (signal) => transport.sendMail({ ...mail, signal }));
    } catch (error) {
      throw DeliveryFailure.of(error);
    }
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }
}

/** No part of a message is ever read from a file or an address. */
function openSmtp(url: string) {
  return createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: TIMEOUT,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
