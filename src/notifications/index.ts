export * from './notification.errors.js';
export * from './notification.js';
export * from './notification.rules.js';
export * from './notification.store.js';
export type { Silenceable } from './silencing.rules.js';
export * from './notification.view.js';
export * from './notifications.service.js';
