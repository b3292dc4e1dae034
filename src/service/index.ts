export * from './service-logins.service.js';
