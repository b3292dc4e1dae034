import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { DeliveryStore } from '../../src/delivery/index.js';
import type { Api } from './api.js';
import type { TestApp } from './app.js';
import type { Person } from './people.js';
import type { Receiver } from './receiver.js';

/** What an administrator does with webhooks. */
export class WebhookAdmin {
  constructor(
    private readonly api: Api,
    readonly token: string,
  ) {}

  call = (method: string, path = '', body?: object) =>
    this.api.call(method, `/v1/admin/webhooks${path}`, { token: this.token, ...(body && { body }) });

  /** Returns its id. The receiver verifies with its secret from now on. */
  async register(receiver: Receiver, path: string, more: object = {}): Promise<string> {
    const { status, body } = await this.call('POST', '', { url: receiver.url + path, ...more });
    expect({ status, body }).toMatchObject({ status: 201 });
    receiver.verify(path, body.secret);
    return body.id as string;
  }

  async deliveries(id: string, state: 'pending' | 'dead'): Promise<any[]> {
    const { status, body } = await this.call('GET', `/${id}/deliveries?state=${state}&limit=100`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body.items as any[];
  }
}

/** The person, and beside them a webhook that is off and has a dead delivery. */
export async function withWebhook({ api, app }: TestApp, admin: string, person: Person): Promise<Person> {
  const url = 'https://hooks.example.com/';
  const { id: target } = (
    await new WebhookAdmin(api, admin).call('POST', '', { url, events: ['password.changed'], enabled: false })
  ).body;
  const deliveries = app.get(DeliveryStore);
  const at = new Date();
  const delivery = {
    id: randomUUID(),
    target,
    userId: person.id,
    lane: uuidv7(),
    eventType: 'password.changed',
    payload: '{}',
    at,
    state: 'pending',
    since: at,
    attempts: 0,
    nextAttemptAt: at,
    lastError: null,
  } as const;
  await deliveries.add([delivery]);
  const [claimed] = await deliveries.claim(target, at, new Date(at.getTime() + 1000), 1);
  await deliveries.settle(claimed!, { state: 'dead', lastError: 'answered 503' }, at);
  return { ...person, webhookId: target, deliveryId: delivery.id };
}
