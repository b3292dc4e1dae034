import { randomInt, randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import { PASSWORD, PHONE, type Answer, type Api } from './api.js';
import { eventually } from './eventually.js';

/** A login that was answered 201. */
interface Login {
  readonly token: string;
  readonly sessionId: string;
  readonly deviceId: string;
}

interface Person {
  readonly id: string;
  readonly username: string;
  /** Answered logins, in the order of the answers. */
  readonly logins: Login[];
  /** Each device by its name here, and the id that it was answered with. */
  readonly devices: Map<string, string>;
}

/** How busy the clients are, and with what. */
interface Work {
  /** Clients that bring new people, each with a new device, so that a crash catches a notice on its way. */
  readonly ushers: number;
  /** ms between two calls of one client, so that none takes long for want of a processor. */
  readonly pause?: number;
  /** Whether some log in by password. Services that share a process cannot: they share its Passport, and so the last one's store. */
  readonly passwords?: boolean;
}

const PEOPLE = 3;
/** Clients that each person has at work at the same time. */
const CLIENTS = 2;
/** ms for what the last crash left behind to be handed on: hundreds of events, on a busy machine, which may answer 503 meanwhile. */
const PATIENCE = 60_000;

/** What a service has acknowledged to its clients. What it does not stand by is written down as a fault. */
export class Ledger {
  readonly faults: string[] = [];
  readonly answers = new EventEmitter<{ answer: [] }>();
  private readonly people: Person[] = [];
  /** Each logs in twice, from two devices, and never comes back: only the rescue can still hand on their events. */
  private readonly visitors: Person[] = [];
  /** Tokens whose revocation was acknowledged. */
  private readonly revoked = new Set<string>();
  /** Ids of the sessions that a login was said to have displaced. */
  private readonly displaced = new Set<string>();
  /** Tokens that were given out since the last check. */
  private readonly fresh = new Set<string>();
  /** By the person's id: what their app shows of its device. */
  private readonly apps = new Map<string, Readonly<Record<string, string>>>();
  private round = 0;

  constructor(private readonly work: Work = { ushers: 6 }) {}

  get counts() {
    const logins = [...this.people, ...this.visitors].reduce((sum, person) => sum + person.logins.length, 0);
    return { logins, revocations: this.revoked.size, visitors: this.visitors.length };
  }

  async begin(api: Api): Promise<void> {
    for (let count = 0; count < PEOPLE; count++) {
      const person = await insist(() => this.create(api, this.people));
      await insist(() => this.logIn(api, person, 'home'));
      if (this.work.passwords) await insist(() => this.installApp(api, person));
    }
  }

  /** Logins, uses and revocations without a pause, on whichever of the nodes, until `over` says so; what is then under way may fail. */
  async load(apis: readonly Api[], over: () => boolean): Promise<void> {
    this.round++;
    const anyNode = () => apis[randomInt(apis.length)]!;
    const keepOn = async (step: () => Promise<void>) => {
      try {
        while (!over()) {
          await step();
          if (this.work.pause) await delay(this.work.pause);
        }
      } catch (error) {
        if (!over()) throw error;
      }
    };
    const clients = this.people.flatMap((person) =>
      Array.from({ length: CLIENTS }, () => () => this.act(anyNode, person)),
    );
    const ushers = Array.from({ length: this.work.ushers }, () => () => this.visit(anyNode()));
    await Promise.all([...clients, ...ushers].map(keepOn));
  }

  /** After a restart: what was answered since the last check still holds; with `all`, whatever was ever answered. */
  async check(api: Api, all = false): Promise<void> {
    const logins = [...this.people, ...this.visitors].flatMap((person) => person.logins);
    const asked = logins.filter(({ token }) => all || this.fresh.has(token));
    this.fresh.clear();
    await inTurn(asked, async (login) => {
      const body = await this.read(() =>
        api.post('/v1/service/sessions/introspect', { service: true, body: { token: login.token } }),
      );
      if (body.active && this.isOver(login)) this.faults.push('a session that was ended is live');
      if (!body.active && !EXPECTED_ENDS.includes(body.code)) this.faults.push(`a login is ${body.code}`);
    });
    await inTurn(this.people, async ({ id }) =>
      this.expectOneSeat(await this.read(() => api.get(`/v1/service/users/${id}/sessions`, { service: true }))),
    );
  }

  /** Once no more crashes follow: one notice for each new device, none for any other. */
  async checkNotices(api: Api): Promise<void> {
    await inTurn(this.visitors, async ({ logins: [, away] }) => {
      if (!away) return;
      const inbox = await api.inbox(away.token, (kinds) => kinds.length >= 2, PATIENCE);
      const kinds = inbox.map(({ kind }) => kind).sort();
      if (kinds.join() !== 'new_device,session_displaced')
        this.faults.push(`a visitor has the notices [${kinds.join()}]`);
    });
    await inTurn(this.people, (person) => this.checkNoticesOf(api, person));
  }

  private async checkNoticesOf(api: Api, person: Person): Promise<void> {
    const home = await insist(() => this.logIn(api, person, 'home'));
    const { token, sessionId } = await insist(() => this.logIn(api, person, 'round 1'));
    // Events are handed on in their order: once this last displacement is in the inbox, all before it are.
    const newest = async () => (await this.read(() => api.get('/v1/notifications', { token }))).items as any[];
    const isLast = (notice: any) => notice.kind === 'session_displaced' && notice.session.id === sessionId;
    await eventually(newest, (notices) => notices.some(isLast), PATIENCE);
    const noticed: string[] = (await this.listNotices(api, token))
      .filter(({ kind }) => kind === 'new_device')
      .map(({ device }) => device.id);
    const devices: string[] = (await this.listAll(api, '/v1/devices', token)).map(({ id }) => id);
    const acknowledged = new Set(person.logins.map(({ deviceId }) => deviceId));
    const lost = [...acknowledged].filter((id) => !devices.includes(id));
    const unnoticed = devices.filter((id) => id !== home.deviceId && !noticed.includes(id));
    const foreign = noticed.filter((id) => id === home.deviceId || !devices.includes(id));
    const doubled = noticed.length - new Set(noticed).size;
    if (lost.length + unnoticed.length + foreign.length + doubled > 0)
      this.faults.push(
        `devices lost: ${lost.length}; notices missing: ${unnoticed.length}, for no new device: ${foreign.length}, doubled: ${doubled}`,
      );
  }

  private async read(request: () => Promise<Answer>): Promise<Answer['body']> {
    const { status, body } = await eventually(request, (answer) => answer.status !== 503, PATIENCE);
    if (status !== 200) throw new Error(`a read is refused: ${status} ${body.code}`);
    return body;
  }

  private listNotices(api: Api, token: string): Promise<any[]> {
    return this.listAll(api, '/v1/notifications', token);
  }

  /** Every page. */
  private async listAll(api: Api, path: string, token: string): Promise<any[]> {
    const found: any[] = [];
    let query = 'limit=100';
    for (;;) {
      const { items, nextCursor } = await this.read(() => api.get(`${path}?${query}`, { token }));
      found.push(...items);
      if (nextCursor === null) return found;
      query = `limit=100&cursor=${encodeURIComponent(nextCursor)}`;
    }
  }

  private async act(anyNode: () => Api, person: Person): Promise<void> {
    const api = anyNode();
    const dice = Math.random();
    const login = person.logins.at(-1 - randomInt(Math.min(3, person.logins.length)))!;
    const app = this.apps.get(person.id);
    if (dice < 0.25) await this.revoke(login, api.delete('/v1/sessions/current', { token: login.token }));
    else if (dice < 0.45)
      await this.revoke(login, api.delete(`/v1/service/sessions/${login.sessionId}`, { service: true }));
    else if (dice < 0.65) await this.logIn(api, person, `round ${this.round}`);
    else if (dice < 0.85) await this.logIn(api, person, `round ${randomInt(this.round) + 1}`);
    else if (dice < 0.95 && app) this.note(person, 'app', await this.enter(api, person.username, app));
    else await this.look(api, person);
    // At once, for what was acknowledged too early holds a moment later; on any node, for all have to know.
    await this.use(anyNode(), login);
  }

  /** A use that begins after the end of its session was acknowledged is refused. */
  private async use(api: Api, login: Login): Promise<void> {
    const over = this.isOver(login);
    const { status, body } = await this.answered(api.current(login.token), [200, 401]);
    if (status === 200 && over) this.faults.push('a session was used after its end was acknowledged');
    if (status === 401 && !EXPECTED_ENDS.includes(body.code)) this.faults.push(`a use is refused as ${body.code}`);
  }

  private async look(api: Api, { id }: Person): Promise<void> {
    const seen = await this.answered(api.get(`/v1/service/users/${id}/sessions`, { service: true }), [200]);
    if (seen.status === 200) this.expectOneSeat(seen.body);
  }

  private expectOneSeat({ items }: Answer['body']): void {
    if (items.length > 1) this.faults.push(`${items.length} sessions of one person are live`);
  }

  private isOver({ token, sessionId }: Login): boolean {
    return this.revoked.has(token) || this.displaced.has(sessionId);
  }

  private async visit(api: Api): Promise<void> {
    const visitor = await this.create(api, this.visitors);
    if (!visitor) return;
    await this.logIn(api, visitor, 'home');
    await this.logIn(api, visitor, 'away');
  }

  private async create(api: Api, among: Person[]): Promise<Person | null> {
    const username = `p${randomUUID().replaceAll('-', '')}`;
    const given = { username, password: PASSWORD };
    const { status, body } = await this.answered(api.post('/v1/users', { service: true, body: given }), [201]);
    if (status !== 201) return null;
    const person: Person = { id: body.id, username, logins: [], devices: new Map() };
    among.push(person);
    return person;
  }

  private async logIn(api: Api, person: Person, device: string): Promise<Login | null> {
    const more = { deviceId: device, userAgent: PHONE };
    return this.note(person, device, await this.answered(api.serviceLogin(person.id, more), [201]));
  }

  private async installApp(api: Api, person: Person): Promise<Login | null> {
    const answer = await this.enter(api, person.username, { 'X-Device-Id': 'new' });
    const { device } = answer.body;
    if (device) this.apps.set(person.id, { 'X-Device-Id': device.id, 'X-Device-Secret': device.secret });
    return this.note(person, 'app', answer);
  }

  /** By password. */
  private enter(api: Api, username: string, headers: Record<string, string>): Promise<Answer> {
    return this.answered(api.login(username, PHONE, { headers }), [201]);
  }

  private note(person: Person, device: string, { status, body }: Answer): Login | null {
    if (status !== 201) return null;
    const login = { token: body.token, sessionId: body.session.id, deviceId: body.session.device.id };
    const known = person.devices.get(device) ?? login.deviceId;
    if (known !== login.deviceId) this.faults.push('a device that was known is another one now');
    person.devices.set(device, known);
    person.logins.push(login);
    this.fresh.add(login.token);
    for (const { id } of body.displaced) this.displaced.add(id);
    return login;
  }

  /** A log-out is refused where another login came between. */
  private async revoke({ token }: Login, request: Promise<Answer>): Promise<void> {
    if ((await this.answered(request, [204, 401])).status === 204) this.revoked.add(token);
  }

  /** A 503 acknowledges nothing: a machine that is busy enough may give one. */
  private async answered(request: Promise<Answer>, expected: readonly number[]): Promise<Answer> {
    const answer = await request;
    if (![...expected, 503].includes(answer.status))
      this.faults.push(`answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    this.answers.emit('answer');
    return answer;
  }
}

/** For what the clients did: nothing else may have ended a session. */
const EXPECTED_ENDS = ['session_displaced', 'session_logged_out', 'session_revoked_by_service'];

// A process that has just started has its connections still to open.
const IN_FLIGHT = 10;

async function inTurn<T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
  const turn = pLimit(IN_FLIGHT);
  await Promise.all(items.map((item) => turn(() => task(item))));
}

/** Until it is done: a 503 is no refusal. */
async function insist<T>(task: () => Promise<T | null>): Promise<T> {
  const done = await eventually(task, (result) => result !== null, PATIENCE);
  if (done === null) throw new Error('the service keeps answering 503');
  return done;
}
