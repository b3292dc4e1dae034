export * from './erasure.js';
export * from './erasure.store.js';
export * from './personal-data.service.js';
