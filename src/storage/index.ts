export * from './store-health.js';
