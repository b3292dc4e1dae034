export * from './login.view.js';
export * from './session-list.view.js';
export * from './session.dto.js';
