import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { parseIdentifier, SYSTEM, type Account, type EndedSession, type Session } from '../accounts/index.js';
import { validateInput } from '../common/index.js';
import { Config } from '../config/index.js';
import { SessionsService } from '../sessions/index.js';
import { CreateUserDto, UsersService } from '../users/index.js';

const PAGE = 100;

/** What whoever holds the machine may do. */
@Injectable()
export class Operations {
  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly config: Config,
  ) {}

  /** Throws as `POST /v1/users` does. */
  async addUser(given: Partial<CreateUserDto>, admin: boolean): Promise<Account> {
    const user = validateInput(CreateUserDto, given);
    return this.users.create({ ...user, role: admin ? 'admin' : 'user' }, SYSTEM);
  }

  async setLocked(person: string, locked: boolean): Promise<Account> {
    const { id } = await this.getUser(person);
    return this.users.editAsAdmin(id, { locked }, SYSTEM);
  }

  /** Newest first, at most a hundred. */
  async listSessions(person: string, state: 'live' | 'all'): Promise<(Session | EndedSession)[]> {
    const { id } = await this.getUser(person);
    return (await this.sessions.list(id, { state, before: null, limit: PAGE })).slice(0, PAGE);
  }

  async endSession(id: string): Promise<void> {
    await this.sessions.endById(id, { reason: 'revoked_by_admin', actor: SYSTEM });
  }

  /** By id, mobile, e-mail or username. Throws `UserNotFoundError`. */
  private async getUser(person: string): Promise<Account> {
    if (isUUID(person)) return this.users.getById(person);
    const { kind, value } = parseIdentifier(person, this.config.phoneRegion);
    return this.users.getByIdentifier(kind, value);
  }
}
