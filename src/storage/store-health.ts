/** Whether the store answers. */
export abstract class StoreHealth {
  /** Throws where it does not. */
  abstract check(): Promise<void>;
}
