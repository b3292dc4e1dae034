import { Injectable } from '@nestjs/common';
import { expiryOf, keyOf, ThrottleStore, type WindowRule } from '../auth/index.js';
import { Clock } from '../common/index.js';

const DAY = 86_400_000;

/** Of texts that somebody with the password could have sent to their victim, and the operator pays for, five a day (UTC) are enough. */
const RULE: WindowRule = { kind: 'window', limit: 5, window: DAY };

/** Longer than a delivery is tried for. */
const REMEMBERED_MS = 4 * DAY;

/** How many texts the notices of an account may make, over all nodes. Codes are not counted here. */
@Injectable()
export class TextAllowance {
  constructor(
    private readonly store: ThrottleStore,
    private readonly clock: Clock,
  ) {}

  /** Whether the delivery may go out as a text. It is counted once, however often it is tried. */
  async take(userId: string, deliveryId: string): Promise<boolean> {
    const now = this.clock.now();
    const counted = `text-counted:${deliveryId}`;
    if (await this.store.find(counted, now)) return true;
    // Counted before it is noted as counted: a crash in between costs a text, and never makes a sixth.
    const count = await this.store.add(keyOf(RULE, `texts:${userId}`, now), now, expiryOf(RULE, now));
    if (count > RULE.limit) return false;
    await this.store.add(counted, now, new Date(now.getTime() + REMEMBERED_MS));
    return true;
  }
}
