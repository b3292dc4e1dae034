import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { ContactChannel } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { Config } from '../config/index.js';
import { Mailer, type Message } from './mailer.service.js';
import { SignedPost } from './signed-post.service.js';

/** Pauses between the tries, in ms: a code is worth nothing after a few minutes. */
export const PAUSES: readonly number[] = [300, 1500];

/**
 * Brings a message to a mobile or an e-mail at once. Nothing of it is stored: a delivery's row would hold a code in clear.
 * Where no provider is configured, development prints the message on the terminal.
 */
@Injectable()
export class DirectMessages implements OnApplicationBootstrap {
  private readonly logger = new Logger(DirectMessages.name);

  constructor(
    private readonly config: Config,
    private readonly mailer: Mailer,
    private readonly post: SignedPost,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.canReach('mobile')) this.logger.warn('SMS_WEBHOOK_URL is not set: no code can be sent to a mobile');
    if (!this.canReach('email')) this.logger.warn('SMTP_URL is not set: no code can be sent by e-mail');
  }

  canReach(channel: ContactChannel): boolean {
    return this.hasProvider(channel) || !this.config.production;
  }

  /** A few quick tries, the same `id` on each; none after `breakOff`. Throws `DeliveryFailure` after the last. */
  async send(channel: ContactChannel, to: string, message: Message, id: string, breakOff: AbortSignal): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        await this.sendOnce(channel, to, message, id, breakOff);
        return;
      } catch (error) {
        const pause = PAUSES[tries];
        if (pause === undefined || breakOff.aborted) throw error;
        await this.clock.pause(pause, breakOff);
      }
    }
  }

  /** Throws `DeliveryFailure`. */
  async sendOnce(
    channel: ContactChannel,
    to: string,
    message: Message,
    id: string,
    breakOff: AbortSignal,
  ): Promise<void> {
    const { sms } = this.config;
    if (!this.hasProvider(channel)) this.print(channel, to, message);
    else if (channel === 'email') await this.mailer.send(to, message, id, breakOff);
    else
      await this.post.send({ ...sms!, mayBePrivate: true }, id, JSON.stringify({ to, text: message.text }), breakOff);
  }

  private hasProvider(channel: ContactChannel): boolean {
    return channel === 'email' ? this.mailer.isConfigured : this.config.sms !== null;
  }

  private print(channel: ContactChannel, to: string, { subject, text }: Message): void {
    if (this.config.production) throw new Error('no channel is configured; ask canReach first');
    const title = channel === 'email' ? `e-mail to ${to}: ${subject}` : `text message to ${to}`;
    process.stderr.write(boxed([title, '', ...text.split('\n')]));
  }
}

function boxed(lines: readonly string[]): string {
  const width = Math.max(...lines.map((line) => line.length));
  const rule = '─'.repeat(width + 2);
  const rows = lines.map((line) => `│ ${line.padEnd(width)} │`);
  return [`┌${rule}┐`, ...rows, `└${rule}┘`, ''].join('\n');
}
