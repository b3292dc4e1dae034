export * from './presence.service.js';
export * from './realtime.adapter.js';
