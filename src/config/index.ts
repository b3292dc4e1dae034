export * from './config.js';
export { EnvironmentError } from './environment.js';
