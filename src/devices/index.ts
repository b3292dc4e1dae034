export * from './client-context.js';
export * from './device-description.js';
export * from './device-identity.js';
export * from './presented-device.js';
