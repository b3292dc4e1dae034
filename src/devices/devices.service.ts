import { Injectable } from '@nestjs/common';
import { Accounts, AccountStore, timeoutOf, type Account, type Device, type Session } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { decideForget, decideRename } from './device.decider.js';

/** A device with the session that is live on it, if one is. */
export interface DeviceInUse {
  readonly device: Device;
  readonly session: Session | null;
}

@Injectable()
export class DevicesService {
  constructor(
    private readonly accounts: Accounts,
    private readonly store: AccountStore,
    private readonly clock: Clock,
  ) {}

  /** The one seen last first. */
  async list(userId: string): Promise<DeviceInUse[]> {
    const account = await this.store.find(userId);
    const devices = [...(account?.devices ?? [])].sort((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime());
    return devices.map((device) => this.inUse(account!, device));
  }

  /** Throws `DeviceNotFoundError`. */
  async rename({ userId, id: sessionId }: Session, deviceId: string, name: string): Promise<DeviceInUse> {
    const edit = { now: this.clock.now(), sessionId, deviceId, name };
    const { account, device } = await this.accounts.change(userId, (current) => decideRename(current, edit));
    return this.inUse(account, device);
  }

  /** Throws `DeviceNotFoundError`. */
  async forget({ userId, id: sessionId }: Session, deviceId: string): Promise<void> {
    const edit = { now: this.clock.now(), sessionId, deviceId };
    await this.accounts.change(userId, (account) => decideForget(account, edit));
  }

  private inUse({ live }: Account, device: Device): DeviceInUse {
    const now = this.clock.now();
    const session = live.find(
      ({ device: { id }, ...rest }) => id === device.id && !timeoutOf({ device, ...rest }, now),
    );
    return { device, session: session ?? null };
  }
}
