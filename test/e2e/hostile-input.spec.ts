import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { attacksOn, withQuery, type Attack } from '../support/hostile.js';
import { readOperations, type CallerKind, type Operation } from '../support/openapi.js';
import { adminToken, goodRequest, headersOf, newPerson, PEOPLE_SETTINGS, snapshotOf } from '../support/people.js';
import type { Person } from '../support/people.js';
import { wireForm, withPicture } from '../support/pictures.js';
import { faultOfRefusal, sendRaw, type RawAnswer } from '../support/raw-http.js';
import { ENGINES } from '../support/stores.js';
import { WebhookAdmin, withWebhook } from '../support/webhooks.js';

const operations = await readOperations();

/** To a service it ends the sessions of all. */
const ENDS_EVERYBODY = 'DELETE /deleteSessions';

/** Calls that take a code, a ticket or a link which only their person has: without it the last word is this. */
const NEEDS_A_SECRET: Record<string, number> = {
  'POST /v1/login-requests/wait': 401,
  'POST /v1/login-requests/{id}': 404,
  'POST /v1/reports': 404,
  'POST /v1/users/me/verify': 403,
  'POST /v1/users/recover': 401,
};

describe.each(ENGINES)('%s: hostile input', (engine) => {
  let test: TestApp;
  let admin: string;
  let bystander: Person;
  const renew = async () => {
    admin = await adminToken(test.api);
    bystander = await withPicture(test.api, await aPerson());
  };
  beforeAll(async () => {
    test = await startApp(engine, PEOPLE_SETTINGS);
    await renew();
  });
  afterAll(() => test.close());

  const aPerson = async () => withWebhook(test, admin, await newPerson(test.api));
  const personFor = async ({ path }: Operation) =>
    path.includes('/images/') ? withPicture(test.api, await aPerson()) : aPerson();
  const webhookOf = async ({ webhookId }: Person) => {
    const webhooks = new WebhookAdmin(test.api, admin);
    return [(await webhooks.call('GET', `/${webhookId}`)).body, await webhooks.deliveries(webhookId!, 'dead')];
  };

  const send = (operation: Operation, attack: Attack, auth: Record<string, string>): Promise<RawAnswer> => {
    const { path, body, contentType, headers } = attack;
    const type: Record<string, string> = typeof contentType === 'string' ? { 'content-type': contentType } : {};
    return sendRaw(test.url, { method: operation.method, path, body, headers: { ...auth, ...type, ...headers } });
  };

  const seen = async (person: Person) => ({
    person: await snapshotOf(test.api, person),
    webhook: await webhookOf(person),
    bystander: await snapshotOf(test.api, bystander),
    admin: (await test.api.get('/v1/users/me', { token: admin })).body,
  });

  const cases = operations.flatMap((operation) => operation.callers.map((caller) => ({ operation, caller })));
  const titled = cases.map(({ operation, caller }): [string, CallerKind, Operation] => [
    operation.name,
    caller,
    operation,
  ]);

  it.each(titled)('%s as %s refuses each with a 4xx problem and changes nothing', async (_, caller, operation) => {
    const person = await personFor(operation);
    const good = goodRequest(operation, person, caller);
    const auth = headersOf(caller, person, admin);
    const before = await seen(person);

    const faults: string[] = [];
    for (const attack of attacksOn(operation, good)) {
      const answer = await send(operation, attack, auth);
      const fault = faultOfRefusal(answer);
      if (fault) faults.push(`${attack.name} → ${fault}`);
      else if (attack.status && answer.status !== attack.status) faults.push(`${attack.name} → ${answer.status}`);
    }
    expect(faults).toEqual([]);
    expect(await seen(person)).toEqual(before);

    // What was refused above was refused for the one thing that was wrong with it: the same request without it is granted.
    const json = operation.body && { body: JSON.stringify(good.body), contentType: 'application/json' };
    const form = operation.takesPicture ? await wireForm() : null;
    const granted = await send(operation, { name: 'good', path: withQuery(good), ...json, ...form }, auth);
    const refused = NEEDS_A_SECRET[operation.name];
    expect(refused ? [refused] : [200, 201, 202, 204, 409]).toContain(granted.status);
    if (operation.name === ENDS_EVERYBODY) await renew();
  });

  const unsafe = operations.filter(({ method }) => method !== 'GET');
  it.each(unsafe.map((operation): [string, Operation] => [operation.name, operation]))(
    '%s takes an absent and an empty JSON body as {}',
    async (_, operation) => {
      const answers: unknown[] = [];
      for (const body of [undefined, '', ' \n', '{}']) {
        const person = await aPerson();
        const path = withQuery(goodRequest(operation, person));
        const contentType = body === undefined ? null : 'application/json';
        const attack = { name: 'empty', path, contentType, ...(body !== undefined && { body }) };
        const answer = await send(operation, attack, headersOf(operation.callers[0]!, person, admin));
        if (operation.name === ENDS_EVERYBODY) await renew();
        answers.push({ status: answer.status, code: answer.body.code, errors: answer.body.errors });
      }
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]).not.toMatchObject({ code: 'invalid_json' });
    },
    // One of them ends the sessions of all that were made by then.
    120_000,
  );

  it('reads no body of a GET, and never fails over one', async () => {
    const reads = operations.filter(({ method }) => method === 'GET');
    for (const operation of reads) {
      const good = goodRequest(operation, bystander);
      for (const body of ['{"role":"admin"}', '{', '\0', '['.repeat(60_000)]) {
        const attack = { name: 'body', path: withQuery(good), body, contentType: 'application/json' };
        const { status } = await send(operation, attack, headersOf(operation.callers[0]!, bystander, admin));
        expect({ operation: operation.name, status }).toEqual({ operation: operation.name, status: 200 });
      }
    }
  });
});
