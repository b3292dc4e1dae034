export * from './store-health.js';
export * from './store-maintenance.js';
