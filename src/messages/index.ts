export * from './contacts.service.js';
export * from './message.dto.js';
export * from './message.errors.js';
export * from './message.js';
export * from './message.rules.js';
export * from './message.store.js';
export * from './message.view.js';
export * from './messages.service.js';
