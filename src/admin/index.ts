export * from './directory.store.js';
