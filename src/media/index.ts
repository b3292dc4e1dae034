export * from './image-forms.service.js';
export * from './image-uses.service.js';
export * from './image.errors.js';
export * from './image.rules.js';
export * from './image.storage.js';
export * from './image.store.js';
export * from './image.js';
export * from './images.service.js';
