/** Deliveries by the person whom they are about. */
export abstract class PersonDeliveriesStore {
  /**
   * Removes at most `limit` of those that are about the user: to these targets whether they wait or not, to others once
   * they have arrived or were given up. Returns how many.
   */
  abstract remove(userId: string, targets: readonly string[], limit: number): Promise<number>;
}
