import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/index.js';
import { Config, type ServiceScope } from '../config/index.js';
import { ServiceScopeRequiredError } from './session.errors.js';

/** What other backends may do, by the name of their key. One whose key is gone may do nothing. */
@Injectable()
export class ServiceScopes {
  private readonly byName: ReadonlyMap<string, readonly ServiceScope[]>;

  constructor({ serviceKeys }: Config) {
    this.byName = new Map(serviceKeys.map(({ name, scopes }) => [name, scopes]));
  }

  /** Throws `ServiceScopeRequiredError`. */
  assert(service: string, scope: ServiceScope): void {
    if (!this.has(service, scope)) throw new ServiceScopeRequiredError(scope);
  }

  /** Whether what the actor asks for must leave administrators alone: for the decision, which sees the role at its commit. */
  sparesAdmins(actor: Actor): boolean {
    return actor.kind === 'service' && !this.has(actor.name, 'admins');
  }

  private has(service: string, scope: ServiceScope): boolean {
    return this.byName.get(service)?.includes(scope) ?? false;
  }
}
