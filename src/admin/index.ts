export * from './directory.service.js';
export * from './directory.store.js';
export * from './people-search.js';
