export * from './direct-messages.service.js';
export * from './delivery-failure.js';
export * from './delivery.js';
export * from './delivery.store.js';
export type { Message } from './mailer.service.js';
export * from './webhook.js';
export * from './webhook.store.js';
export * from './person-deliveries.store.js';
