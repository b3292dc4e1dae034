import type { Role } from '../accounts/index.js';
import type { SessionPolicy } from './session.policy.js';

/** Whose logins a stored policy is for. */
export type PolicyScope = 'global' | `role:${Role}` | `user:${string}`;

/** The policies that administrators have set. That of the environment is none of them. */
export abstract class PolicyStore {
  /** What is stored for the scopes, in one read. A scope without a policy is not in it. */
  abstract list(scopes: readonly PolicyScope[]): Promise<ReadonlyMap<PolicyScope, SessionPolicy>>;

  /** Puts the whole policy in place of the one before, if any. */
  abstract put(scope: PolicyScope, policy: SessionPolicy): Promise<void>;

  /** Where none is stored, nothing changes. */
  abstract remove(scope: PolicyScope): Promise<void>;
}
