import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * Answers `OPTIONS` with the methods that a path takes (RFC 9110, section 9.3.7). Preflights are for the rule about other origins to
 * answer. Before any route is registered.
 */
export function answerOptions(server: FastifyInstance): void {
  const routes: { readonly path: RegExp; readonly methods: readonly string[] }[] = [];
  server.addHook('onRoute', ({ url, method }) => {
    const path = url.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replace(/:[^/]+/g, '[^/]+');
    routes.push({ path: new RegExp(`^${path.replace(/\*/g, '.*')}/?$`), methods: [method].flat() });
  });
  server.addHook('onRequest', async ({ method, url, headers }, reply) => {
    if (method !== 'OPTIONS' || isPreflight({ headers })) return;
    const [path = ''] = url.split('?');
    const found = new Set(routes.filter((route) => route.path.test(path)).flatMap(({ methods }) => methods));
    found.delete('OPTIONS');
    if (found.size > 0)
      await reply
        .header('allow', [...found, 'OPTIONS'].join(', '))
        .status(204)
        .send();
  });
}

export function isPreflight({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers['access-control-request-method'] !== undefined;
}
