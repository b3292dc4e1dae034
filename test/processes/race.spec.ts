import { randomInt, randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { LAPTOP, PASSWORD, PHONE, type Answer, type Api } from '../support/api.js';
import { ADMIN } from '../support/app.js';
import { race, startCluster, type Cluster } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import { POLICY } from '../support/records.js';
import { ENGINES } from '../support/stores.js';
import { byTier } from '../support/tier.js';
import type { SessionPolicy } from '../../src/sessions/index.js';

const MANY = byTier({ quick: 100, full: 100, long: 1000 });
const ROUNDS = byTier({ quick: 2, full: 2, long: 20 });
/** The logins race. Who asks afterwards what came of them need not. */
const ASKED_AT_A_TIME = 100;
/** ms, for a machine that has other work too. */
const TIMEOUT = 60_000 + ROUNDS * 240_000;

const PROCESSES = [
  { title: 'one process', processes: 1, rounds: 1 },
  { title: 'two processes', processes: 2, rounds: ROUNDS },
];

describe.each(ENGINES)('%s: on two nodes', (engine) => {
  let cluster: Cluster;
  let admin: string;
  beforeAll(async () => {
    cluster = await startCluster(engine, {
      TRUSTED_PROXIES: '127.0.0.1/32',
      ADMIN_USERNAME: ADMIN.username,
      ADMIN_PASSWORD: ADMIN.password,
      // The administrator's session outlasts all rounds.
      SESSION_IDLE_TIMEOUT: '7200',
    });
    admin = (await cluster.apis[0].login(ADMIN.username, LAPTOP, { password: ADMIN.password })).body.token;
  }, TIMEOUT);
  afterAll(() => cluster.close());

  /** A new person, to whom a policy of their own applies. */
  async function personUnder(policy: Partial<SessionPolicy>): Promise<{ id: string; mobile: string }> {
    const person = await cluster.apis[0].createUser();
    const body = { ...POLICY, ...policy };
    // Rounds take longer than the five minutes for which a proof is kept.
    expect((await cluster.apis[0].prove(admin, { currentPassword: ADMIN.password })).status).toBe(200);
    const { status } = await cluster.apis[0].put(`/v1/admin/users/${person.id}/policy`, { token: admin, body });
    expect(status).toBe(200);
    return person;
  }

  describe('racing logins under end-oldest', () => {
    it.each(PROCESSES)(
      `leave one of ${MANY} service logins live, and a line of tombstones that leads to it: $title, rounds: $rounds`,
      async ({ processes, rounds }) => {
        const apis = cluster.apis.slice(0, processes);
        for (let round = 0; round < rounds; round++) {
          const { id } = await apis[0]!.createUser();
          await expectOneSeat(cluster.apis, id, MANY, (api, index) => api.serviceLogin(id, device(index)), apis);
        }
      },
      TIMEOUT,
    );

    it.each(PROCESSES)(
      'leave one of 60 password logins live, and answer all of them: $title',
      async ({ processes }) => {
        const apis = cluster.apis.slice(0, processes);
        const { id, mobile } = await apis[0]!.createUser();
        await expectOneSeat(cluster.apis, id, 60, (api, index) => api.login(mobile, agent(index)), apis);
      },
      TIMEOUT,
    );

    it(
      'have the displaced token refused by the very next request, on the other process',
      async () => {
        const [a, b] = cluster.apis;
        const { id } = await a.createUser();
        let previous = await b.serviceLogin(id);
        for (let round = 0; round < 50; round++) {
          const [here, there] = round % 2 === 0 ? [a, b] : [b, a];
          const next = await here.serviceLogin(id, { userAgent: agent(round) });
          const refused = await there.current(previous.body.token);
          expect(refused.body).toMatchObject({
            status: 401,
            code: 'session_displaced',
            endedBy: { sessionId: next.body.session.id },
          });
          expect((await there.current(next.body.token)).status).toBe(200);
          previous = next;
        }
      },
      TIMEOUT,
    );

    it(
      'make one device and one notice of two logins from one new device',
      async () => {
        const [a, b] = cluster.apis;
        for (let round = 0; round < 20; round++) {
          const person = await a.createUser();
          expect((await a.serviceLogin(person.id, { deviceId: 'first' })).status).toBe(201);
          const phone = { deviceId: randomUUID(), userAgent: PHONE };
          const logIn = (api: Api) => api.serviceLogin(person.id, phone);
          // On one process in every other round: there the account's own queue is what keeps them apart.
          const [x, y] = await Promise.all([logIn(a), logIn(round % 2 === 0 ? b : a)]);
          expect(tally([x, y])).toEqual({ 201: 2 });
          expect([x.body.newDevice, y.body.newDevice].sort()).toEqual([false, true]);
          expect(x.body.session.device.id).toBe(y.body.session.device.id);

          // The first device's return is the last news: once it is in the inbox, all that came before is there too.
          const { token } = (await b.serviceLogin(person.id, { deviceId: 'first' })).body;
          const { items } = (await b.get('/v1/devices', { token })).body;
          expect(items).toHaveLength(2);
          const displaced = (kinds: string[]) => kinds.filter((kind) => kind === 'session_displaced').length;
          const inbox = await b.inbox(token, (kinds) => displaced(kinds) === 2);
          expect(inbox.map(({ kind }) => kind).sort()).toEqual([
            'new_device',
            'session_displaced',
            'session_displaced',
          ]);
        }
      },
      TIMEOUT,
    );
  });

  describe('racing logins under refuse', () => {
    it.each(PROCESSES)(
      `admit one of ${MANY} and end nobody: $title, rounds: $rounds`,
      async ({ processes, rounds }) => {
        const apis = cluster.apis.slice(0, processes);
        for (let round = 0; round < rounds; round++) {
          const { id } = await personUnder({ onLimit: 'refuse' });
          const answers = await race(apis, MANY, (api, index) => api.serviceLogin(id, { userAgent: agent(index) }));
          expect(tally(answers)).toEqual({ 201: 1, session_limit_reached: MANY - 1 });
          const admitted = answers.find(({ status }) => status === 201)!.body;
          expect(admitted.displaced).toEqual([]);
          for (const api of cluster.apis) expect((await api.current(admitted.token)).status).toBe(200);
          const sessions = await listSessions(cluster.apis[1], id);
          expect(sessions.map((session) => [session.id, session.state])).toEqual([[admitted.session.id, 'live']]);
        }
      },
      TIMEOUT,
    );
  });

  describe('racing changes of an account', () => {
    const TIMES = byTier({ quick: 4, full: 4, long: 15 });
    /** Without a limit, only what is raced against can end a session. */
    const someone = () => personUnder({ limit: null });

    /**
     * Two clients on each process log in again and again until they are refused; `act` is called once the first of them is in.
     * Returns what they were answered: each has raced, and each has been refused in the end.
     */
    async function loginsUntil(logIn: (api: Api) => Promise<Answer>, act: () => Promise<unknown>): Promise<Answer[]> {
      const answers: Answer[] = [];
      let begin: () => void;
      const begun = new Promise<void>((resolve) => (begin = resolve));
      const client = async (api: Api) => {
        for (;;) {
          const answer = await logIn(api);
          answers.push(answer);
          begin();
          // A busy store may let it wait for its answer: that is no refusal.
          if (![201, 503].includes(answer.status)) return;
        }
      };
      const clients = [...cluster.apis, ...cluster.apis].map(client);
      await Promise.all([...clients, begun.then(act)]);
      return answers;
    }

    /** A password login from an address of its own: 30 failures on one would throttle it. */
    const passwordLogin = (mobile: string) => (api: Api) =>
      api.login(mobile, LAPTOP, {
        headers: { 'X-Forwarded-For': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}` },
      });

    const codesOf = async (answers: readonly Answer[]) => {
      const tokens = answers.flatMap(({ status, body }) => (status === 201 ? [body.token] : []));
      return tally(await race(cluster.apis, tokens.length, (api, index) => api.current(tokens[index])));
    };

    it(
      'let no login with the old password survive a password change',
      async () => {
        const [a, b] = cluster.apis;
        for (let round = 0; round < TIMES; round++) {
          const { id, mobile } = await someone();
          const { token, session } = (await a.serviceLogin(id)).body;
          const body = { currentPassword: PASSWORD, newPassword: `${PASSWORD}-${round}` };
          let changed: Answer | undefined;
          const answers = await loginsUntil(passwordLogin(mobile), async () => {
            changed = await (round % 2 === 0 ? a : b).put('/v1/users/me/password', { token, body });
          });
          expect(changed?.status).toBe(204);
          const { 201: admitted, ...refused } = tally(answers.filter(({ status }) => status !== 503));
          expect(refused).toEqual({ invalid_credentials: 4 });
          expect(await codesOf(answers)).toEqual({ session_password_changed: admitted });
          const live = (await listSessions(b, id)).filter(({ state }) => state === 'live');
          expect(live.map((one) => one.id)).toEqual([session.id]);
          expect((await b.current(token)).status).toBe(200);
        }
      },
      TIMEOUT,
    );

    it.each([
      { title: 'with a password', refusal: 'invalid_credentials', vouched: false },
      { title: 'by a service', refusal: 'user_locked', vouched: true },
    ])(
      'let no login survive a lock: $title',
      async ({ refusal, vouched }) => {
        const [a, b] = cluster.apis;
        for (let round = 0; round < TIMES; round++) {
          const { id, mobile } = await someone();
          const logIn = vouched ? (api: Api) => api.serviceLogin(id) : passwordLogin(mobile);
          let locked: Answer | undefined;
          const answers = await loginsUntil(logIn, async () => {
            const api = round % 2 === 0 ? a : b;
            locked = await api.patch(`/v1/admin/users/${id}`, { token: admin, body: { locked: true } });
          });
          expect(locked?.status).toBe(200);
          const { 201: admitted, ...refused } = tally(answers.filter(({ status }) => status !== 503));
          expect(refused).toEqual({ [refusal]: 4 });
          expect(await codesOf(answers)).toEqual({ session_user_locked: admitted });
          expect((await listSessions(b, id)).filter(({ state }) => state === 'live')).toEqual([]);
        }
      },
      TIMEOUT,
    );

    it(
      'make one account of creations by one mobile, however it is spelled',
      async () => {
        for (let round = 0; round < 5; round++) {
          const digits = `98${randomInt(10_000_000, 99_999_999)}`;
          const spaced = `${digits.slice(0, 5)} ${digits.slice(5)}`;
          const spellings = [`+91${digits}`, digits, `0${digits}`, `+91 ${spaced}`, `+91-${digits}`, spaced];
          const answers = await race(cluster.apis, 50, (api, index) =>
            api.post('/v1/users', { service: true, body: { mobile: spellings[index % spellings.length] } }),
          );
          expect(tally(answers)).toEqual({ 201: 1, mobile_taken: 49 });
          const created = answers.find(({ status }) => status === 201)!.body;
          const { body } = await cluster.apis[1].get(`/v1/service/users?mobile=${digits}`, { service: true });
          expect(body.id).toBe(created.id);
        }
      },
      TIMEOUT,
    );

    it(
      'give a username to one of two people',
      async () => {
        for (let round = 0; round < TIMES; round++) {
          const people = await Promise.all(cluster.apis.map((api) => api.createUser()));
          const logins = await race(cluster.apis, 2, (api, index) => api.serviceLogin(people[index]!.id));
          const name = `racer.${randomInt(1e9)}`;
          const spellings = [name, name.toUpperCase()];
          const answers = await race(cluster.apis, 2, (api, index) =>
            api.patch('/v1/users/me', {
              token: logins[index]!.body.token,
              body: { username: spellings[index], currentPassword: PASSWORD },
            }),
          );
          expect(tally(answers)).toEqual({ 200: 1, username_taken: 1 });
          const winner = answers.findIndex(({ status }) => status === 200);
          const found = await cluster.apis[0].get(`/v1/service/users?username=${name}`, { service: true });
          expect(found.body).toMatchObject({ id: people[winner]!.id, username: spellings[winner] });
          const { body: loser } = await cluster.apis[1].get('/v1/users/me', { token: logins[1 - winner]!.body.token });
          expect(loser.username).toBeNull();
        }
      },
      TIMEOUT,
    );
  });
});

const agent = (index: number) => (index % 2 === 0 ? LAPTOP : PHONE);

/** One of ten devices of the person. */
const device = (index: number) => ({ userAgent: agent(index), deviceId: `device ${index % 10}` });

/** How often each was answered: the code of a refusal, else the status. */
function tally(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const key: string = body.code ?? `${status}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** All sessions of the user, live and ended, newest first. */
async function listSessions(api: Api, userId: string): Promise<Answer['body'][]> {
  const items: Answer['body'][] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ state: 'all', limit: '100', ...(cursor !== null && { cursor }) });
    const { body } = await api.get(`/v1/service/users/${userId}/sessions?${query.toString()}`, { service: true });
    items.push(...body.items);
    cursor = body.nextCursor;
  } while (cursor !== null);
  return items;
}

/** Of racing logins, all answered, one is live. Each other was displaced by the next one, down to it. */
async function expectOneSeat(
  all: readonly Api[],
  userId: string,
  count: number,
  logIn: (api: Api, index: number) => Promise<Answer>,
  racing: readonly Api[],
): Promise<void> {
  let unanswered = 0;
  const logins = await race(racing, count, logIn, () => unanswered++);
  expect(tally(logins)).toEqual({ 201: count });

  const atATime = pLimit(ASKED_AT_A_TIME);
  const checks = await race(all, count, (api, index) => {
    const ask = () => api.current(logins[index]!.body.token);
    // A busy store may let a question wait for its answer; it must not get a wrong one.
    return atATime(() => eventually(ask, ({ status }) => status !== 503));
  });
  expect(tally(checks)).toEqual({ 200: 1, session_displaced: count - 1 });

  const checkOf = new Map(logins.map(({ body }, index) => [body.session.id, checks[index]!]));
  const sessions = new Map((await listSessions(all[0]!, userId)).map((session) => [session.id, session]));
  expect([...checkOf.keys()].filter((id) => !sessions.has(id))).toEqual([]);
  // A login that was answered 503 may have come about, and have displaced another.
  const unacknowledged = sessions.size - count;
  expect(unacknowledged).toBeLessThanOrEqual(unanswered);

  const displaced = logins.flatMap(({ body }) => body.displaced.map(({ id }: { id: string }) => id));
  expect(new Set(displaced).size).toBe(displaced.length);
  expect(displaced.length).toBeGreaterThanOrEqual(count - 1 - unacknowledged);
  const successors = new Set([...sessions.values()].map(({ endedBy }) => endedBy?.sessionId));
  const firsts = [...sessions.values()].filter(({ id }) => !successors.has(id));
  expect(firsts).toHaveLength(1);

  let session = firsts[0];
  for (let step = 1; step < sessions.size; step++) {
    expect(session).toMatchObject({ state: 'ended', endReason: 'displaced' });
    const check = checkOf.get(session.id);
    if (check) expect(check.body.endedBy).toEqual(session.endedBy);
    session = sessions.get(session.endedBy.sessionId);
  }
  expect(session.state).toBe('live');
  expect(checkOf.get(session.id)?.status).toBe(200);
}
