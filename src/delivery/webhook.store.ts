import type { Webhook } from './webhook.js';

/** As the webhook was when a change of it was decided. */
export type Expected = Partial<Pick<Webhook, 'url' | 'secret' | 'enabled'>>;

export abstract class WebhookStore {
  abstract add(webhook: Webhook): Promise<void>;

  /** Newest first; only those older than the one with the id `before`, which is null from the newest on. */
  abstract list(query: { readonly before: string | null; readonly limit: number }): Promise<Webhook[]>;

  abstract listEnabled(): Promise<Webhook[]>;

  /** Null where there is none. */
  abstract find(id: string): Promise<Webhook | null>;

  /** Returns the webhook as it is then; null where there is none, and where it is not as `expected` any more. */
  abstract edit(
    id: string,
    patch: Partial<Omit<Webhook, 'id' | 'createdAt'>>,
    expected?: Expected,
  ): Promise<Webhook | null>;

  /** False where there is none. */
  abstract remove(id: string): Promise<boolean>;
}
