export * from './outbox.service.js';
export * from './outbox.store.js';
