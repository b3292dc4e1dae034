import type { ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/internal';
import { UndeclaredInputGuard } from './undeclared-input.guard.js';

/** A route whose one parameter is stored under `key`. */
function routeWith(key: string, input: { query?: object; body?: object }): ExecutionContext {
  class Controller {
    call() {
      return undefined;
    }
  }
  Reflect.defineMetadata(ROUTE_ARGS_METADATA, { [key]: { index: 0 } }, Controller, 'call');
  const request = { query: {}, body: {}, ...input };
  return {
    getClass: () => Controller,
    getHandler: () => ({ name: 'call' }),
    switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext;
}

describe('UndeclaredInputGuard', () => {
  const passes = (key: string, input: { query?: object; body?: object }) => () =>
    new UndeclaredInputGuard().canActivate(routeWith(key, input));

  it('lets through what the route takes, and nothing else', () => {
    expect(passes('4:0', { query: { a: 1 } })()).toBe(true);
    expect(passes('3:0', { body: { a: 1 } })()).toBe(true);
    expect(passes('3:0', { query: { a: 1 } })).toThrow('query');
    expect(passes('4:0', { body: { a: 1 } })).toThrow('body');
  });

  it('takes no custom decorator for a query or a body, whatever Nest has drawn as its name', () => {
    expect(passes('4a0b1c__customRouteArgs__:0', { query: { a: 1 } })).toThrow('query');
    expect(passes('3f0b1c__customRouteArgs__:0', { body: { a: 1 } })).toThrow('body');
  });
});
