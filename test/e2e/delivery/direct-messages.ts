import { randomUUID } from 'node:crypto';
import { mock } from 'node:test';
import { PAUSES } from '../../../src/delivery/direct-messages.service.js';
import { DirectMessages } from '../../../src/delivery/index.js';
import { startApp, type TestApp } from '../../support/app.js';
import { aSecret, startReceiver, type Receiver } from '../../support/receiver.js';
import { startSmtp, type TestSmtp } from '../../support/smtp.js';

const MESSAGE = { subject: 'Your code', text: 'Your code is 123456.', html: '<p>Your code is <b>123456</b>.</p>' };

/** Nothing breaks it off. */
const toTheEnd = new AbortController().signal;

describe('codes', () => {
  let receiver: Receiver;
  let smtp: TestSmtp;
  let test: TestApp;
  let codes: DirectMessages;
  beforeAll(async () => {
    smtp = await startSmtp();
    receiver = await startReceiver();
    receiver.verify('/sms', aSecret());
    const sms = { SMS_WEBHOOK_URL: `${receiver.url}/sms`, SMS_WEBHOOK_SECRET: aSecret() };
    test = await startApp('sqlite', { ...smtp.settings, ...sms });
    codes = test.app.get(DirectMessages);
  });
  afterAll(async () => {
    await test.close();
    await receiver.close();
    await smtp.close();
  });
  const idsOf = (to: string) => receiver.received.filter(({ body }) => body.to === to).map(({ id }) => id);

  /** Sends it, and lets the time pass for which it waits between two tries. */
  const sendPatiently = async (...given: Parameters<DirectMessages['send']>) => {
    const sending = codes.send(...given);
    for (const pause of PAUSES) {
      await Promise.race([sending.catch(() => undefined), test.clock.pausing(pause)]);
      test.clock.advance(pause);
    }
    return sending;
  };

  it('go to a mobile as a signed request to the provider', async () => {
    const id = randomUUID();
    await codes.send('mobile', '+919012345678', MESSAGE, id, toTheEnd);
    expect(receiver.forged).toEqual([]);
    expect(receiver.received).toMatchObject([{ id, body: { to: '+919012345678', text: MESSAGE.text } }]);
  });

  it('are tried again under the same id, and no more than a few times', async () => {
    const id = randomUUID();
    let answers = [500, 307, 200];
    receiver.respond((response) => response.writeHead(answers.shift() ?? 503, { location: '/elsewhere' }).end());
    await sendPatiently('mobile', '+919012345679', MESSAGE, id, toTheEnd);
    expect(idsOf('+919012345679')).toEqual([id, id, id]);
    answers = [];
    await expect(sendPatiently('mobile', '+919012345679', MESSAGE, id, toTheEnd)).rejects.toMatchObject({
      reason: 'answered 503',
    });
    expect(idsOf('+919012345679')).toHaveLength(6);
    expect(receiver.forged).toEqual([]);
  });

  it('go to an e-mail address as text and HTML, with a Message-Id made of the id', async () => {
    const id = randomUUID();
    await codes.send('email', 'asha@example.com', MESSAGE, id, toTheEnd);
    const [mail] = await smtp.received(1);
    expect(mail).toMatchObject({ subject: `Oneseat: ${MESSAGE.subject}`, messageId: `<${id}@oneseat.example>` });
    expect(mail!.text).toContain('123456');
    expect(mail!.html).toContain('<b>123456</b>');
    expect(mail!.to).toMatchObject({ value: [{ address: 'asha@example.com' }] });
  });

  it('never go to more than one address, whatever it looks like', async () => {
    const count = smtp.mails.length;
    const send = sendPatiently('email', 'a@example.com, b@example.com', MESSAGE, randomUUID(), toTheEnd);
    await expect(send).rejects.toMatchObject({ reason: expect.stringMatching(/^smtp 5|^E/) });
    expect(smtp.mails).toHaveLength(count);
  });
});

describe('codes without a provider', () => {
  it('are printed on the terminal in development', async () => {
    const test = await startApp('sqlite');
    const codes = test.app.get(DirectMessages);
    const write = mock.method(process.stderr, 'write', () => true);
    try {
      expect([codes.canReach('mobile'), codes.canReach('email')]).toEqual([true, true]);
      await codes.send('mobile', '+919012345678', MESSAGE, randomUUID(), toTheEnd);
      const printed = write.mock.calls.map(({ arguments: [chunk] }) => String(chunk)).join('');
      expect(printed).toMatch(
        /^┌─+┐\n│ text message to \+919012345678 *│\n(│.*│\n)*│ Your code is 123456\. *│\n└─+┘\n$/,
      );
    } finally {
      write.mock.restore();
      await test.close();
    }
  });
});
