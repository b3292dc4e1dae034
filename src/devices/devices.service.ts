import { Injectable } from '@nestjs/common';
import { AccountStore, timeoutOf, type Account, type Device, type Session } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { OwnAccount } from '../sessions/index.js';
import { decideForget, decideRename } from './device.decider.js';

/** A device with the session that is live on it, if one is. */
export interface DeviceInUse {
  readonly device: Device;
  readonly session: Session | null;
  /** Of the device or of its session, whichever is later. */
  readonly lastSeenAt: Date;
}

/** A device in its place in the list: `id` is the device's with the time of its last use in that of its creation. */
export interface ListedDevice extends DeviceInUse {
  readonly id: string;
}

export interface DeviceQuery {
  /** Only devices behind the place with this id; null from the one seen last on. */
  readonly before: string | null;
  readonly limit: number;
}

@Injectable()
export class DevicesService {
  constructor(
    private readonly own: OwnAccount,
    private readonly store: AccountStore,
    private readonly clock: Clock,
  ) {}

  /** The one seen last first. Reads one more than `limit`. */
  async list(userId: string, { before, limit }: DeviceQuery): Promise<ListedDevice[]> {
    const account = await this.store.find(userId);
    return (account?.devices ?? [])
      .map((device) => this.inUse(account!, device))
      .map((inUse) => ({ id: placeOf(inUse), ...inUse }))
      .filter(({ id }) => before === null || id < before)
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, limit + 1);
  }

  /** Throws `DeviceNotFoundError`. */
  async rename(session: Session, deviceId: string, name: string): Promise<DeviceInUse> {
    const edit = { now: this.clock.now(), sessionId: session.id, deviceId, name };
    const { account, device } = await this.own.change(session, (current) => decideRename(current, edit));
    return this.inUse(account, device);
  }

  /** Throws `DeviceNotFoundError`. */
  async forget(session: Session, deviceId: string): Promise<void> {
    const edit = { now: this.clock.now(), sessionId: session.id, deviceId };
    await this.own.change(session, (account) => decideForget(account, edit));
  }

  private inUse({ live }: Account, device: Device): DeviceInUse {
    const now = this.clock.now();
    const session = live.find((one) => one.device.id === device.id && !timeoutOf(one, now)) ?? null;
    const lastSeenAt = session && session.lastSeenAt > device.lastSeenAt ? session.lastSeenAt : device.lastSeenAt;
    return { device, session, lastSeenAt };
  }
}

/** Ids are UUIDv7, which begin with 48 bits of time (ms) and end in random ones. */
function placeOf({ device, lastSeenAt }: DeviceInUse): string {
  const time = lastSeenAt.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${device.id.slice(13)}`;
}
