/** The store must not be served as it is. The message is one line for its operator: no address, no secret. */
export class UnfitStoreError extends Error {}
