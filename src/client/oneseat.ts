import createClient, { type Client, type Middleware } from 'openapi-fetch';
import { toOneseatError, toUnreachable } from './client.errors.js';
import { tellEach } from './listeners.js';
import { LiveConnection, type Positions } from './live-connection.js';
import type { components, paths } from './openapi.js';
import { sessionEndIn, type SessionEnd } from './session-end.js';

type Schemas = components['schemas'];
export type Login = Schemas['LoginView'];
/** Under the `approve` policy: show the `number`, and call `waitForApproval`. */
export type PendingLogin = Schemas['PendingLoginView'];
export type Credentials = Schemas['PasswordLoginDto'] | Schemas['CodeLoginDto'];

/** By which a client without the service's cookies is the same device again. */
export type DeviceCredential = Schemas['DeviceCredentialView'];

export interface OneseatOptions {
  /** Where the service is: `https://id.example.com`. */
  readonly baseUrl: string;
  /** Of an earlier login. Without one the session cookie counts, as it does in pages of the service's own origin. */
  readonly token?: string;
  /** Of an earlier login of the same person. A page of the service's own origin has a cookie instead. */
  readonly device?: DeviceCredential;
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * A person's session at the service. It never logs in again by itself: two clients that did would throw each other out for ever.
 */
export class Oneseat {
  /** Every call of the service, typed: `await oneseat.api.GET('/v1/sessions')`. */
  readonly api: Client<paths>;
  private readonly listeners = new Set<(end: SessionEnd) => void>();
  private live: LiveConnection | null = null;
  private token: string | null;
  private device: DeviceCredential | null;
  private over = false;
  /** Logins whose answer is awaited, and how the session before them has ended meanwhile. */
  private loggingIn = 0;
  private endMeanwhile: SessionEnd | null = null;

  constructor(private readonly options: OneseatOptions) {
    this.token = options.token ?? null;
    this.device = options.device ?? null;
    this.api = createClient<paths>({
      baseUrl: options.baseUrl,
      credentials: 'same-origin',
      ...(options.fetch && { fetch: options.fetch }),
    });
    this.api.use(this.middleware());
  }

  /** For the application to keep, if it wants the session to outlive the page; null before a login and after the end. */
  get sessionToken(): string | null {
    return this.token;
  }

  /** For the application to keep, beside the person that it was given for; null before the first login, and where the cookie serves. */
  get deviceCredential(): DeviceCredential | null {
    return this.device;
  }

  /**
   * A login that has to wait for a live device is handed back as it is. Any other takes the place of the session before it: its connection
   * closes, and that this login has displaced it is told to nobody. Throws `OneseatError`.
   */
  logIn(credentials: Credentials): Promise<Login | PendingLogin> {
    return this.enter(() => this.api.POST('/v1/sessions', { body: credentials }));
  }

  /**
   * Resolves with the login once a live device has let it in. As `logIn` otherwise. Throws `OneseatError`, `login_denied` and
   * `login_request_expired` among others.
   */
  async waitForApproval({ ticket }: Pick<PendingLogin, 'ticket'>): Promise<Login> {
    for (;;) {
      const answer = await this.enter(() => this.api.POST('/v1/login-requests/wait', { body: { ticket } }));
      if ('token' in answer) return answer;
    }
  }

  /**
   * Under the `ask` policy: ends those sessions, and logs in with the `takeover.ticket` of the problem that `logIn` has thrown. As `logIn`
   * otherwise. Throws `OneseatError`.
   */
  takeOver(ticket: string, end: string[]): Promise<Login> {
    return this.enter(() => this.api.POST('/v1/sessions/takeover', { body: { ticket, end } }));
  }

  /** Throws `OneseatError`; that there is no session any more is no error. */
  async logOut(): Promise<void> {
    const { error, response } = await this.api.DELETE('/v1/sessions/current');
    if (!response.ok && response.status !== 401) throw toOneseatError(error, response.status);
    this.end({ reason: 'logged_out' });
  }

  /**
   * A new token takes the place of the session's. Every copy of the old one has to go within ten seconds: whoever uses one later ends
   * the session. Throws `OneseatError`.
   */
  async rotateToken(): Promise<void> {
    const before = this.token;
    const { data, error, response } = await this.api.POST('/v1/sessions/current/refresh', { body: { rotate: true } });
    if (!data) throw toOneseatError(error, response.status);
    // Where the cookie serves, there is no token to keep; and a login may have come between.
    if (before !== null && this.token === before) this.token = data.token ?? before;
  }

  /**
   * Opens the socket, once; it comes back by itself after a broken line and catches up. `since`: the `seq` of the last message that the
   * application has of each person; what came after is told as if it came now. Throws `OneseatError`.
   */
  async connect(since: Positions = {}): Promise<LiveConnection> {
    const live = (this.live ??= this.newConnection(since));
    try {
      await live.open();
    } catch (error) {
      live.close();
      if (this.live === live) this.live = null;
      throw error;
    }
    return live;
  }

  /** Told once per session, over the socket or by the first call that is refused. Returns what stops it. */
  onSessionEnded(listener: (end: SessionEnd) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async enter<Entered extends Login | PendingLogin>(
    ask: () => Promise<{ data?: Entered; error?: unknown; response: Response }>,
  ): Promise<Entered> {
    this.loggingIn += 1;
    try {
      const { data, error, response } = await ask();
      if (!data) throw toOneseatError(error, response.status);
      if ('token' in data) this.begin(data.token);
      return data;
    } finally {
      this.loggingIn -= 1;
      const end = this.endMeanwhile;
      if (end && this.loggingIn === 0) this.end(end);
    }
  }

  private newConnection(since: Positions): LiveConnection {
    const live: LiveConnection = new LiveConnection({
      baseUrl: this.options.baseUrl,
      api: this.api,
      tokenOf: () => this.token,
      // One of a session before this one says nothing of this one.
      ended: (end) => live === this.live && this.end(end),
      since,
    });
    return live;
  }

  private begin(token: string): void {
    this.closeLive();
    this.token = token;
    this.over = false;
    this.endMeanwhile = null;
  }

  /** While a login is under way it may be the reason: its answer will tell. */
  private end(end: SessionEnd): void {
    if (this.over) return;
    if (this.loggingIn > 0) {
      this.endMeanwhile ??= end;
      return;
    }
    this.over = true;
    this.token = null;
    this.endMeanwhile = null;
    this.closeLive();
    tellEach(this.listeners, end);
  }

  private closeLive(): void {
    this.live?.close();
    this.live = null;
  }

  private showDevice(headers: Headers): void {
    headers.set('x-device-id', this.device?.id ?? 'new');
    if (this.device) headers.set('x-device-secret', this.device.secret);
  }

  private keepDevice(answer: HandingOut | null): void {
    this.device = answer?.device ?? answer?.takeover?.device ?? this.device;
  }

  private middleware(): Middleware {
    return {
      onRequest: ({ request, schemaPath }) => {
        if (ENTERING.has(schemaPath) && !hasCookies(request.url)) this.showDevice(request.headers);
        if (this.token !== null) request.headers.set('authorization', `Bearer ${this.token}`);
        // The service takes nothing from a page of another origin without this header, a login neither.
        else if (isForeign(request.url)) request.headers.set('authorization', 'Bearer');
      },
      onResponse: async ({ request, response, schemaPath }) => {
        if (ENTERING.has(schemaPath)) this.keepDevice(await jsonOf(response));
        if (response.status !== 401) return;
        const end = sessionEndIn(await jsonOf(response));
        // An answer to a session before this one says nothing of this one.
        const own = this.token === null || request.headers.get('authorization') === `Bearer ${this.token}`;
        if (end && own) this.end(end);
      },
      onError: ({ error }) => toUnreachable(error),
    };
  }
}

/** The calls that look at the device of whoever makes them. */
const ENTERING: ReadonlySet<string> = new Set<keyof paths>([
  '/v1/sessions',
  '/v1/sessions/takeover',
  '/v1/login-requests/wait',
  '/v1/users/recover',
  '/v1/reports',
]);

/** What an answer hands out for the client to keep: with a login, or with a ticket. */
interface HandingOut {
  readonly device?: DeviceCredential;
  readonly takeover?: { readonly device?: DeviceCredential };
}

/** Null where the body is no JSON. */
function jsonOf(response: Response): Promise<object | null> {
  return response
    .clone()
    .json()
    .catch(() => null) as Promise<object | null>;
}

/** Whether this is a page, and of another origin. */
function isForeign(url: string): boolean {
  const { origin } = globalThis as { readonly origin?: string };
  return origin !== undefined && origin !== new URL(url).origin;
}

/** Whether this is a page of the service's own origin. */
function hasCookies(url: string): boolean {
  return 'origin' in globalThis && !isForeign(url);
}
