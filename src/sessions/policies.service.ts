import { Injectable } from '@nestjs/common';
import { ROLES, type Role } from '../accounts/index.js';
import { Config } from '../config/index.js';
import { PolicyStore, type PolicyScope } from './policy.store.js';
import type { SessionPolicy } from './session.policy.js';

export const POLICY_SOURCES = ['environment', 'global', 'role', 'user'] as const;
export type PolicySource = (typeof POLICY_SOURCES)[number];

export interface PolicyInForce {
  readonly policy: SessionPolicy;
  /** Where it comes from: the narrowest scope that has one. */
  readonly source: PolicySource;
}

/** That of the user wins over that of the role, over the global one, over the environment. Read anew each time: what is set takes hold at the next login on every node. */
@Injectable()
export class Policies {
  constructor(
    private readonly store: PolicyStore,
    private readonly config: Config,
  ) {}

  /** For the user's next login, by the role that the account turns out to have at its commit. */
  async forLogin(userId: string): Promise<(role: Role) => SessionPolicy> {
    const stored = await this.store.list([`user:${userId}`, ...ROLES.map((role) => `role:${role}` as const), 'global']);
    return (role) => this.narrowest([`user:${userId}`, `role:${role}`, 'global'], stored).policy;
  }

  /** `scopes`: from the narrowest to the widest. */
  async inForce(scopes: readonly PolicyScope[]): Promise<PolicyInForce> {
    return this.narrowest(scopes, await this.store.list(scopes));
  }

  put(scope: PolicyScope, policy: SessionPolicy): Promise<void> {
    return this.store.put(scope, policy);
  }

  remove(scope: PolicyScope): Promise<void> {
    return this.store.remove(scope);
  }

  private narrowest(scopes: readonly PolicyScope[], stored: ReadonlyMap<PolicyScope, SessionPolicy>): PolicyInForce {
    for (const scope of scopes) {
      const policy = stored.get(scope);
      if (policy) return { policy, source: scope.split(':')[0] as PolicySource };
    }
    return { policy: this.config.session, source: 'environment' };
  }
}
