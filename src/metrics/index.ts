export * from './metrics.service.js';
