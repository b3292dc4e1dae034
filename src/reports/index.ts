export * from './key.store.js';
export * from './report-links.service.js';
