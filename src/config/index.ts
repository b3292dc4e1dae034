export * from './config.js';
export { EnvironmentError } from './environment.js';
export type { ServiceKey, ServiceScope } from './service-key.js';
