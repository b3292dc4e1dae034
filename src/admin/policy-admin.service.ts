import { Injectable } from '@nestjs/common';
import type { Actor, Role } from '../accounts/index.js';
import { AuditLog } from '../audit/index.js';
import { Policies, type PolicyInForce, type PolicyScope, type SessionPolicy } from '../sessions/index.js';
import { UsersService } from '../users/index.js';

/** Whose policy is meant. */
export type PolicyTarget = { readonly role: Role } | { readonly userId: string } | 'everybody';

/** Sets policies while the service runs. What is set takes hold at the next login; live sessions stay as they are. */
@Injectable()
export class PolicyAdmin {
  constructor(
    private readonly policies: Policies,
    private readonly users: UsersService,
    private readonly audit: AuditLog,
  ) {}

  /** Throws `UserNotFoundError`, as the others do. */
  async inForce(target: PolicyTarget): Promise<PolicyInForce> {
    return this.policies.inForce(await this.scopesOf(target));
  }

  /** Returns what is in force afterwards. */
  async put(target: PolicyTarget, policy: SessionPolicy, actor: Actor): Promise<PolicyInForce> {
    const [scope] = await this.scopesOf(target);
    const { limit, per, onLimit, idleTimeout, maxAge } = policy;
    const details = { scope, policy: { limit, per, onLimit, idleTimeout, maxAge } };
    await this.audit.record({ type: 'policy.changed', actor, userId: userOf(target), details });
    await this.policies.put(scope, policy);
    return this.inForce(target);
  }

  /** Back to the next wider one. Removing none changes nothing. */
  async remove(target: PolicyTarget, actor: Actor): Promise<void> {
    const [scope] = await this.scopesOf(target);
    await this.audit.record({ type: 'policy.removed', actor, userId: userOf(target), details: { scope } });
    await this.policies.remove(scope);
  }

  /** The target's own scope first, then the wider ones. */
  private async scopesOf(target: PolicyTarget): Promise<[PolicyScope, ...PolicyScope[]]> {
    if (target === 'everybody') return ['global'];
    if ('role' in target) return [`role:${target.role}`, 'global'];
    const { id, role } = await this.users.getById(target.userId);
    return [`user:${id}`, `role:${role}`, 'global'];
  }
}

function userOf(target: PolicyTarget): string | null {
  return typeof target === 'object' && 'userId' in target ? target.userId : null;
}
