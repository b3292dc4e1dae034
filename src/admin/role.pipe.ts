import type { PipeTransform } from '@nestjs/common';
import { ROLES, type Role } from '../accounts/index.js';
import { InvalidFieldError } from '../common/index.js';

/** Throws `InvalidFieldError` for what is no role. */
export class RolePipe implements PipeTransform<string, Role> {
  transform(given: string): Role {
    const role = ROLES.find((known) => known === given);
    if (!role) throw new InvalidFieldError('role', `must be one of ${ROLES.join(', ')}`);
    return role;
  }
}
