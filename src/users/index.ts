export * from './account-editor.service.js';
export * from './user.rules.js';
export * from './user.view.js';
export * from './users.service.js';
