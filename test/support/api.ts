import { randomInt } from 'node:crypto';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into answers as any client would.
  readonly body: any;
}

export interface Options {
  /** JSON, or a string sent as it is. */
  readonly body?: unknown;
  readonly token?: string;
  readonly service?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

export const SERVICE_KEY = 'test-key-test-key-test-key-test-key';
export const PASSWORD = 'plum-Velvet-7-harbour';

export const LAPTOP = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
export const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

/** Speaks HTTP to a running service. */
export class Api {
  constructor(readonly url: string) {}

  get = (path: string, options?: Options) => this.call('GET', path, options);
  post = (path: string, options?: Options) => this.call('POST', path, options);
  put = (path: string, options?: Options) => this.call('PUT', path, options);
  patch = (path: string, options?: Options) => this.call('PATCH', path, options);
  delete = (path: string, options?: Options) => this.call('DELETE', path, options);

  async call(method: string, path: string, { body, token, service, headers }: Options = {}): Promise<Answer> {
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...(service && { authorization: `Service ${SERVICE_KEY}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = answer.headers.get('content-type')?.includes('json') && text !== '';
    return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
  }

  /** A new person with a mobile and the usual password, through the service API (not throttled). */
  async createUser(more: object = {}): Promise<{ id: string; mobile: string }> {
    const mobile = `+9198${randomInt(10_000_000, 99_999_999)}`;
    const { status, body } = await this.post('/v1/users', {
      service: true,
      body: { mobile, password: PASSWORD, ...more },
    });
    if (status !== 201) throw new Error(`no user: ${JSON.stringify(body)}`);
    return { id: body.id, mobile };
  }

  /** A password login. */
  login(identifier: string, userAgent = LAPTOP, options: { password?: string; headers?: Record<string, string> } = {}) {
    const { password = PASSWORD, headers } = options;
    return this.post('/v1/sessions', {
      body: { identifier, password },
      headers: { 'user-agent': userAgent, ...headers },
    });
  }

  /** A login by a service that has authenticated the person. */
  serviceLogin(userId: string, more: object = {}) {
    const body = { user: { id: userId }, userAgent: LAPTOP, ipAddress: '203.0.113.7', ...more };
    return this.post('/v1/service/sessions', { service: true, body });
  }

  /** The same; then the person gives the password, so that calls that need a fresh proof are granted. */
  async provedLogin(userId: string, more: object = {}) {
    const login = await this.serviceLogin(userId, more);
    const { status } = await this.prove(login.body.token);
    if (status !== 200) throw new Error(`no proof: ${status}`);
    return login;
  }

  /** The person proves in the session that it is them. */
  prove(token: string, body: object = { currentPassword: PASSWORD }) {
    return this.post('/v1/sessions/current/proof', { token, body });
  }

  /** Two people have written to each other, so that they see when the other is there. */
  async acquaint(one: { id: string; token: string }, other: { id: string; token: string }): Promise<void> {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const { status } = await this.post('/v1/messages', { token: from.token, body: { to: to.id, text: 'Hello' } });
      if (status !== 201) throw new Error(`no message: ${status}`);
    }
  }

  current(token: string) {
    return this.get('/v1/sessions/current', { token });
  }

  /** The person's notices, once `until` holds of them: they follow the commit, off the request's path. */
  async inbox(
    token: string,
    until: (kinds: string[], notices: any[]) => boolean = () => true,
    patience = 5000,
  ): Promise<any[]> {
    const giveUpAt = Date.now() + patience;
    for (;;) {
      const { body } = await this.get('/v1/notifications?limit=100', { token });
      const kinds = (body.items ?? []).map(({ kind }: { kind: string }) => kind);
      if (until(kinds, body.items ?? []) || Date.now() > giveUpAt) return body.items;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
