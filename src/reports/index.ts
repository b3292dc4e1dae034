export * from './report-links.service.js';
