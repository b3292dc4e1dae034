export * from './notification.js';
export * from './notification.store.js';
