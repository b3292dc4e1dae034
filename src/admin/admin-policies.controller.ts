import { applyDecorators, Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ROLES, type Role } from '../accounts/index.js';
import { AdminOnly, asAdmin, CurrentSession, FreshlyProved, type Caller } from '../auth/index.js';
import { ApiProblem, IdPipe } from '../common/index.js';
import { PolicyAdmin } from './policy-admin.service.js';
import { PolicyDto, PolicyInForceView, toPolicyView } from './policy.dto.js';
import { RolePipe } from './role.pipe.js';

const AT_NEXT_LOGIN = 'Takes hold at the next login on every node; live sessions stay as they are.';

const ReadPolicy = (path: string, whose: string) =>
  applyDecorators(
    Get(path),
    ApiOperation({ summary: `The policy in force for ${whose}`, description: 'And where it comes from.' }),
    ApiOkResponse({ type: PolicyInForceView }),
  );

const SetPolicy = (path: string, whose: string) =>
  applyDecorators(
    Put(path),
    FreshlyProved('admin_required or fresh_proof_required'),
    ApiOperation({ summary: `Set the policy for ${whose}`, description: AT_NEXT_LOGIN }),
    ApiOkResponse({ type: PolicyInForceView }),
    ApiProblem(400, 'validation_failed'),
  );

const DropPolicy = (path: string, whose: string) =>
  applyDecorators(
    Delete(path),
    FreshlyProved('admin_required or fresh_proof_required'),
    HttpCode(204),
    ApiOperation({ summary: `Drop the policy for ${whose}`, description: 'The next wider one is in force again.' }),
    ApiNoContentResponse(),
  );

const ForRole = () =>
  applyDecorators(ApiParam({ name: 'role', enum: ROLES, example: 'user' }), ApiProblem(400, 'validation_failed'));

const ForUser = () => applyDecorators(ApiProblem(400, 'bad_request'), ApiProblem(404, 'user_not_found'));

/** A user's policy wins over their role's, that over the global one, that over the environment's. */
@ApiTags('Admin')
@Controller('v1/admin')
@AdminOnly()
export class AdminPoliciesController {
  constructor(private readonly policies: PolicyAdmin) {}

  @ReadPolicy('policy', 'everybody')
  async find(): Promise<PolicyInForceView> {
    return toPolicyView(await this.policies.inForce('everybody'));
  }

  @SetPolicy('policy', 'everybody')
  async put(@CurrentSession() caller: Caller, @Body() policy: PolicyDto): Promise<PolicyInForceView> {
    return toPolicyView(await this.policies.put('everybody', policy, asAdmin(caller)));
  }

  @DropPolicy('policy', 'everybody')
  async remove(@CurrentSession() caller: Caller): Promise<void> {
    await this.policies.remove('everybody', asAdmin(caller));
  }

  @ReadPolicy('roles/:role/policy', 'a role')
  @ForRole()
  async findOfRole(@Param('role', RolePipe) role: Role): Promise<PolicyInForceView> {
    return toPolicyView(await this.policies.inForce({ role }));
  }

  @SetPolicy('roles/:role/policy', 'a role')
  @ForRole()
  async putOfRole(
    @CurrentSession() caller: Caller,
    @Param('role', RolePipe) role: Role,
    @Body() policy: PolicyDto,
  ): Promise<PolicyInForceView> {
    return toPolicyView(await this.policies.put({ role }, policy, asAdmin(caller)));
  }

  @DropPolicy('roles/:role/policy', 'a role')
  @ForRole()
  async removeOfRole(@CurrentSession() caller: Caller, @Param('role', RolePipe) role: Role): Promise<void> {
    await this.policies.remove({ role }, asAdmin(caller));
  }

  @ReadPolicy('users/:id/policy', 'a user')
  @ForUser()
  async findOfUser(@Param('id', IdPipe) userId: string): Promise<PolicyInForceView> {
    return toPolicyView(await this.policies.inForce({ userId }));
  }

  @SetPolicy('users/:id/policy', 'a user')
  @ForUser()
  async putOfUser(
    @CurrentSession() caller: Caller,
    @Param('id', IdPipe) userId: string,
    @Body() policy: PolicyDto,
  ): Promise<PolicyInForceView> {
    return toPolicyView(await this.policies.put({ userId }, policy, asAdmin(caller)));
  }

  @DropPolicy('users/:id/policy', 'a user')
  @ForUser()
  async removeOfUser(@CurrentSession() caller: Caller, @Param('id', IdPipe) userId: string): Promise<void> {
    await this.policies.remove({ userId }, asAdmin(caller));
  }
}
