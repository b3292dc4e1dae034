import { RouteConfig } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA as KEY } from '@nestjs/platform-fastify/constants.js';
import type { FastifyRequest } from 'fastify';

/** What a hook or a parser has to know of a route, before any guard runs. */
type Flag = 'takesForms' | 'takesFields' | 'isEarlierApi' | 'isOpenToPages';

/** Sets a flag beside those that the route has. */
export const RouteFlag =
  (flag: Flag): MethodDecorator =>
  (target, name, descriptor) => {
    const others = Reflect.getMetadata(KEY, descriptor.value as object) as object | undefined;
    RouteConfig({ ...others, [flag]: true })(target, name, descriptor);
  };

/** As `RouteFlag`, for every route of a controller. */
export const RoutesFlag =
  (flag: Flag): ClassDecorator =>
  ({ prototype }) => {
    const handlers = Object.entries(Object.getOwnPropertyDescriptors(prototype as object));
    for (const [name, descriptor] of handlers)
      if (name !== 'constructor' && typeof descriptor.value === 'function')
        RouteFlag(flag)(prototype as object, name, descriptor);
  };

/** False also where no route was found. */
export function hasFlag({ routeOptions }: FastifyRequest, flag: Flag): boolean {
  return flag in ((routeOptions as FastifyRequest['routeOptions'] | undefined)?.config ?? {});
}
