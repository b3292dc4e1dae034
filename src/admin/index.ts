export * from './directory.service.js';
export * from './directory.store.js';
