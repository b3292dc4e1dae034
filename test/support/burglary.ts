import type { Api, Answer } from './api.js';
import { LAPTOP, PASSWORD, PHONE } from './api.js';
import type { TestClock } from './clock.js';
import type { TextMessages } from './text-messages.js';

export const DAY = 86_400_000;
/** What the thief sets in place of `PASSWORD`, and what the owner chooses in the end. */
export const THIEFS_PASSWORD = 'brisk-Falcon-3-meadow';
export const NEXT_PASSWORD = 'quiet-Lemon-4-ladder';

/** A native client that keeps the secret that it was given. */
export class Client {
  headers: Record<string, string> = { 'x-device-id': 'new' };
  deviceId = '';
  token = '';

  constructor(
    /** Of the service, which may be another after a crash. */
    public api: Api,
    public userAgent: string,
  ) {}

  /** By the password, or by a code. The token of a login that is refused stays what it was. */
  async logIn(identifier: string, by: { password?: string; code?: string } = { password: PASSWORD }): Promise<Answer> {
    return this.enter('/v1/sessions', { identifier, ...by });
  }

  /** With a ticket of `approve`. */
  wait(ticket: string): Promise<Answer> {
    return this.enter('/v1/login-requests/wait', { ticket });
  }

  /** With a ticket of `ask`. */
  takeOver(ticket: string, end: readonly string[]): Promise<Answer> {
    return this.enter('/v1/sessions/takeover', { ticket, end });
  }

  private async enter(path: string, body: object): Promise<Answer> {
    const answer = await this.api.post(path, { body, headers: { 'user-agent': this.userAgent, ...this.headers } });
    this.keep(answer);
    return answer;
  }

  keep({ status, body }: Answer): void {
    const device = body.device ?? body.takeover?.device;
    if (device) this.headers = { ...this.headers, 'x-device-id': device.id, 'x-device-secret': device.secret };
    if (status !== 201) return;
    this.token = body.token;
    this.deviceId = body.session.device.id;
  }

  /** "This wasn't me", without a session: from this device, which shows its secret. */
  report(body: object = { sessionToken: this.token }): Promise<Answer> {
    return this.api.post('/v1/reports', { body, headers: this.headers });
  }

  /** Of a notice of that kind about that device, or of the first of that kind. */
  async reportNotice(kind: string, about?: string): Promise<Answer> {
    return this.call('POST', `/v1/notifications/${(await this.notice(kind, about)).id}/report`);
  }

  async notice(kind: string, about?: string): Promise<{ id: string; readAt: string | null; device: any }> {
    const isIt = (one: any) => one.kind === kind && (about === undefined || one.device?.id === about);
    return (await this.api.inbox(this.token, (_, notices) => notices.some(isIt))).find(isIt);
  }

  call(method: string, path: string, body?: object): Promise<Answer> {
    return this.api.call(method, path, { token: this.token, ...(body && { body }) });
  }

  changePassword(newPassword: string, currentPassword: string = PASSWORD): Promise<Answer> {
    return this.call('PUT', '/v1/users/me/password', { currentPassword, newPassword });
  }

  /** `live`, or the code with which the token is refused. */
  async state(): Promise<string> {
    return (await this.api.current(this.token)).body.code ?? 'live';
  }
}

/** An owner with a laptop that the account has known from the first login on, and a thief who knows the password and has not come yet. */
export async function burgled(api: Api, clock?: TestClock) {
  const { id, mobile } = await api.createUser();
  const [owner, thief] = [new Client(api, LAPTOP), new Client(api, PHONE)];
  await owner.logIn(mobile);
  clock?.advance(1000);
  return { id, mobile, owner, thief };
}

/** Whoever holds the mobile proves it from that session. */
export async function verifyMobile(api: Api, sms: TextMessages, owner: Client, mobile: string): Promise<void> {
  const { status, body } = await owner.call('POST', '/v1/users/me/verify', {
    code: await codeTo(api, sms, mobile, 'verify'),
  });
  if (status !== 200) throw new Error(`not verified: ${JSON.stringify(body)}`);
}

/** Asks for a code to the mobile, and reads it there: notices may come in between. */
export async function codeTo(api: Api, sms: TextMessages, mobile: string, purpose: string): Promise<string> {
  const sent = sms.codesTo(mobile).length;
  await api.post('/v1/codes', { body: { identifier: mobile, purpose } });
  return sms.codeFor(mobile, sent + 1);
}
