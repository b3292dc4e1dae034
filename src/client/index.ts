export { OneseatError, toOneseatError } from './client.errors.js';
export { LiveConnection, type LiveEvents, type Positions } from './live-connection.js';
export type { Message } from './message-feed.js';
export * from './oneseat.js';
export type { components, paths } from './openapi.js';
export type { SessionEnd } from './session-end.js';
