import { startApp, type TestApp } from '../support/app.js';
import { inputAttacks, parserAttacks, shareOf, withQuery, type Attack } from '../support/hostile.js';
import { readOperations, type CallerKind, type Operation } from '../support/openapi.js';
import { adminToken, goodRequest, headersOf, newPerson, PEOPLE_SETTINGS, snapshotOf } from '../support/people.js';
import type { GoodRequest, Person } from '../support/people.js';
import { wireForm, withPicture } from '../support/pictures.js';
import { faultOfRefusal, sendRaw, type RawAnswer } from '../support/raw-http.js';
import { ENGINES } from '../support/stores.js';
import { everyNth, share } from '../support/tier.js';
import { WebhookAdmin, withWebhook } from '../support/webhooks.js';

const operations = await readOperations();

/** Calls that take a code, a ticket or a link which only their person has, or need what nobody has asked for here: without it the last word is this. */
const NEEDS_A_SECRET: Record<string, number> = {
  'POST /v1/login-requests/wait': 401,
  'POST /v1/login-requests/{id}': 404,
  'POST /v1/reports': 404,
  'POST /v1/users/me/verify': 403,
  'POST /v1/users/recover': 401,
  'POST /v1/users/recover/link': 410,
  'DELETE /v1/users/me/deletion': 404,
  'DELETE /v1/users/me/export': 404,
};

/** Who calls it here: one kind of caller, or each that sends a body of its own (`goodRequest`). */
function callersOf({ name, callers }: Operation): readonly CallerKind[] {
  // A service ends the sessions of all by it. A failure at that point would leave every later test without its administrator.
  if (/^DELETE \/delete(All)?Sessions$/.test(name)) return ['user'];
  return ['POST /login', 'POST /logout'].includes(name) ? callers : callers.slice(0, 1);
}

describe.each(ENGINES)('%s: hostile input', (engine) => {
  let test: TestApp;
  let admin: string;
  /** Reads, and is in no other way part of any call. */
  let bystander: Person;
  beforeAll(async () => {
    test = await startApp(engine, PEOPLE_SETTINGS);
    admin = await adminToken(test.api);
    bystander = await withPicture(test.api, await newPerson(test.api));
  });
  afterAll(() => test.close());

  const personFor = async ({ method, path }: Operation) => {
    if (path.includes('/webhooks/')) return withWebhook(test, admin, await newPerson(test.api));
    return method === 'GET' ? bystander : newPerson(test.api);
  };
  const webhookOf = async ({ webhookId }: Person) => {
    if (!webhookId) return null;
    const webhooks = new WebhookAdmin(test.api, admin);
    return [(await webhooks.call('GET', `/${webhookId}`)).body, await webhooks.deliveries(webhookId, 'dead')];
  };
  const seen = async (person: Person) => ({
    person: await snapshotOf(test, person.id),
    webhook: await webhookOf(person),
    bystander: await snapshotOf(test, bystander.id),
    admin: (await test.api.get('/v1/users/me', { token: admin })).body,
  });

  const send = (operation: Operation, attack: Attack, auth: Record<string, string>): Promise<RawAnswer> => {
    const { path, body, contentType, headers } = attack;
    const type: Record<string, string> = typeof contentType === 'string' ? { 'content-type': contentType } : {};
    return sendRaw(test.url, { method: operation.method, path, body, headers: { ...auth, ...type, ...headers } });
  };

  /** Nearly all is refused before a store is asked. So MongoDB gets a third, and nothing of what the parser refuses. */
  const attacksOn = (operation: Operation, good: GoodRequest): readonly Attack[] => {
    if (engine === 'mongo') return everyNth(inputAttacks(operation, good), operations.indexOf(operation), 3);
    return [...inputAttacks(operation, good), ...shareOf(operation, operations, parserAttacks(operation, good))];
  };
  const empties = [undefined, '', ' \n'];
  const emptiesFor = engine === 'mongo' ? everyNth : share;

  const cases = operations.flatMap((operation) =>
    callersOf(operation).map((caller): [string, CallerKind, Operation] => [operation.name, caller, operation]),
  );

  it.each(cases)('%s as %s refuses each with a 4xx problem and changes nothing', async (_, caller, operation) => {
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
  });

  /** Whom no call has changed so far: one that is refused leaves them to the next. */
  let unchanged: Person | null = null;
  const unsafe = operations.filter(({ method }) => method !== 'GET');
  it.each(unsafe.map((operation, index): [string, Operation, number] => [operation.name, operation, index]))(
    '%s takes an absent and an empty JSON body as {}',
    async (_, operation, index) => {
      const [caller] = callersOf(operation);
      const answers: unknown[] = [];
      for (const body of ['{}', ...emptiesFor(empties, index, 3)]) {
        const person = (unchanged ??= await withWebhook(test, admin, await newPerson(test.api)));
        const path = withQuery(goodRequest(operation, person));
        const contentType = body === undefined ? null : 'application/json';
        const attack = { name: 'empty', path, contentType, ...(body !== undefined && { body }) };
        const answer = await send(operation, attack, headersOf(caller!, person, admin));
        if (answer.status < 400) unchanged = null;
        answers.push({ status: answer.status, code: answer.body.code, errors: answer.body.errors });
      }
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]).not.toMatchObject({ code: 'invalid_json' });
    },
  );

  it('reads no body of a GET, and never fails over one', async () => {
    const person = await withPicture(test.api, await withWebhook(test, admin, await newPerson(test.api)));
    const reads = operations.filter(({ method }) => method === 'GET');
    for (const operation of reads) {
      const good = goodRequest(operation, person);
      for (const body of ['{"role":"admin"}', '{', '\0', '['.repeat(60_000)]) {
        const attack = { name: 'body', path: withQuery(good), body, contentType: 'application/json' };
        const { status } = await send(operation, attack, headersOf(operation.callers[0]!, person, admin));
        expect({ operation: operation.name, status }).toEqual({ operation: operation.name, status: 200 });
      }
    }
  });
});
