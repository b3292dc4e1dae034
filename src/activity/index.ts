export * from './activities.service.js';
export * from './activity.dto.js';
export * from './activity.js';
export * from './activity.rules.js';
export * from './activity.store.js';
export * from './activity.view.js';
