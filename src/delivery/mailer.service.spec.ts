import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { TestClock } from '../../test/support/clock.js';
import { toConfig } from '../config/index.js';
import { Mailer } from './mailer.service.js';

describe('Mailer', () => {
  it('says in words that the server has a certificate of its own making', async () => {
    // With the certificate for tests that the library brings.
    const server = new SMTPServer({ secure: true, authOptional: true });
    server.on('error', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const { port } = server.server.address() as AddressInfo;
    const mail = { SMTP_URL: `smtps://127.0.0.1:${port}`, MAIL_FROM: 'accounts@example.com' };
    const mailer = new Mailer(toConfig(mail), new TestClock());
    try {
      const message = { subject: 'Hello', text: 'Hello' };
      const sent = mailer.send('asha@example.com', message, 'id', new AbortController().signal);
      await expect(sent).rejects.toMatchObject({ reason: expect.stringMatching(/^its certificate (is|has|was) /) });
    } finally {
      mailer.onApplicationShutdown();
      server.close();
    }
  });
});
