export * from './recovery-links.service.js';
