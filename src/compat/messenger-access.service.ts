import { Injectable } from '@nestjs/common';
import type { ClientContext } from '../devices/index.js';
import { LoginService, type Login, type PendingLogin } from '../sessions/index.js';
import { UserRegistration } from '../users/index.js';
import type { SignUpDto } from './messenger.dto.js';
import { RootLogin } from './root-login.service.js';

/** Who comes in by the messenger's API: there, signing up logs in as well. */
@Injectable()
export class MessengerAccess {
  constructor(
    private readonly registration: UserRegistration,
    private readonly logins: LoginService,
    private readonly rootLogin: RootLogin,
  ) {}

  /** Throws as a registration does. The account stays where its first login fails. */
  async signUp({ fullName, email, password }: SignUpDto, client: ClientContext): Promise<Login | PendingLogin> {
    const { id, credentialVersion } = await this.registration.register(
      { displayName: fullName, email, password },
      client.ip,
    );
    const proof = { kind: 'password', credentialVersion } as const;
    return this.logins.login({ userId: id, proof, client, takeover: null, service: null });
  }

  /** Throws as a password login does. */
  logIn(email: string, password: string, client: ClientContext): Promise<Login | PendingLogin> {
    return this.rootLogin.byPassword(email, password, client);
  }
}
