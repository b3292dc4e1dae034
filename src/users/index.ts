export * from './contact-claims.service.js';
export { verifyContact } from './contact-verification.js';
export * from './people.store.js';
export * from './people-search.js';
export * from './user.dto.js';
export * from './user-registration.service.js';
export * from './user.rules.js';
export * from './user.view.js';
export * from './users.service.js';
