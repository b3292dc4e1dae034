import { Injectable } from '@nestjs/common';
import { UserNotFoundError, type IdentifierKind } from '../accounts/index.js';
import { PasswordLogin, ServiceKeyRequiredError } from '../auth/index.js';
import { InvalidFieldError } from '../common/index.js';
import type { ClientContext } from '../devices/index.js';
import { ServiceLogins } from '../service/index.js';
import { isPending, LoginService, SessionLimitReachedError, type Login, type PendingLogin } from '../sessions/index.js';
import { UsersService } from '../users/index.js';
import type { RootLoginDto } from './root-session.dto.js';
import { UserSessionManagement } from './user-session-management.service.js';
import type { LegacyUserView } from './user-session-management.view.js';

export type RootLoginResult =
  | { readonly outcome: 'admitted'; readonly login: Login; readonly user: LegacyUserView }
  | { readonly outcome: 'pending'; readonly pending: PendingLogin }
  | { readonly outcome: 'refused'; readonly user: LegacyUserView };

/** What the `/login` of the earlier APIs means in terms of ours. */
@Injectable()
export class RootLogin {
  constructor(
    private readonly passwords: PasswordLogin,
    private readonly logins: LoginService,
    private readonly serviceLogins: ServiceLogins,
    private readonly people: UsersService,
    private readonly views: UserSessionManagement,
  ) {}

  /**
   * Throws as a password login does; for a service `ServiceKeyRequiredError`, `UserLockedError` and `UserNotFoundError`, also for a
   * name that is not the account's.
   */
  async login(body: RootLoginDto, service: string | null, client: ClientContext): Promise<RootLoginResult> {
    if (body.password === undefined) return this.byService(body, service, client);
    const identifier = body.email ?? body.username ?? body.mobile;
    if (identifier === undefined) throw new InvalidFieldError('email', 'or username is needed');
    const login = await this.byPassword(identifier, body.password, client);
    return isPending(login) ? { outcome: 'pending', pending: login } : this.admitted(login);
  }

  /** Throws as a password login does. */
  async byPassword(identifier: string, password: string, client: ClientContext): Promise<Login | PendingLogin> {
    const person = await this.passwords.verify(identifier, password, client);
    return this.logins.login({ ...person, client, takeover: null, service: null });
  }

  /** That it is refused, or has to wait, is one answer to a service. */
  private async byService(body: RootLoginDto, service: string | null, client: ClientContext): Promise<RootLoginResult> {
    const { kind, value, name } = personIn(body);
    if (service === null) throw new ServiceKeyRequiredError();
    const user = await this.people.getByIdentifier(kind, value);
    if (user.displayName !== name) throw new UserNotFoundError();
    const { clientMAC: deviceId } = body;
    const described = {
      userAgent: body.userAgent ?? client.userAgent,
      ipAddress: body.ipAddress ?? client.ip,
      ...(deviceId !== undefined && { deviceId }),
    };
    const login = await this.serviceLogins.login(user.id, described, service).catch(refusal);
    if (login && !isPending(login)) return this.admitted(login);
    return { outcome: 'refused', user: await this.views.show(user) };
  }

  private async admitted(login: Login): Promise<RootLoginResult> {
    return { outcome: 'admitted', login, user: await this.views.show(login.user) };
  }
}

function refusal(error: unknown): null {
  if (error instanceof SessionLimitReachedError) return null;
  throw error;
}

/** `username` beside a mobile, and `nickname`, are display names: not unique, but they must match. */
function personIn(body: RootLoginDto): { kind: IdentifierKind; value: string; name: string } {
  const { mobile, username, email, nickname } = body;
  if (mobile !== undefined && username !== undefined) return { kind: 'mobile', value: mobile, name: username };
  if (email !== undefined && nickname !== undefined) return { kind: 'email', value: email, name: nickname };
  throw new InvalidFieldError('mobile', 'and username, or email and nickname, or a password is needed');
}
