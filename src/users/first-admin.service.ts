import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { AccountStore, hasIdentifier, IdentifierTakenError, SYSTEM } from '../accounts/index.js';
import { Config } from '../config/index.js';
import { UsersService } from './users.service.js';

/** Creates the first administrator from the environment, once. A password changed since then stays changed. */
@Injectable()
export class FirstAdmin implements OnApplicationBootstrap {
  private readonly logger = new Logger(FirstAdmin.name);

  constructor(
    private readonly config: Config,
    private readonly store: AccountStore,
    private readonly users: UsersService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { firstAdmin } = this.config;
    if (!firstAdmin) return;
    const holder = await this.store.findByIdentifier('username', firstAdmin.username);
    if (!holder) return this.create(firstAdmin);
    // Never promoted: anybody could have taken the name before.
    if (holder.role !== 'admin' || !hasIdentifier(holder, 'username', firstAdmin.username))
      this.logger.warn('ADMIN_USERNAME belongs to somebody who is no administrator');
  }

  private async create(firstAdmin: NonNullable<Config['firstAdmin']>): Promise<void> {
    try {
      await this.users.create({ ...firstAdmin, role: 'admin' }, SYSTEM);
      this.logger.log('first administrator created');
    } catch (error) {
      // Another node was faster.
      if (!(error instanceof IdentifierTakenError)) throw error;
    }
  }
}
