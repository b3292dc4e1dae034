export * from './store-health.js';
export * from './store-maintenance.js';
export * from './unfit-store.error.js';
