import { METHODS } from 'node:http'
import Router, { type RouterContext, type RouterMiddleware } from '@koa/router'
import type { Middleware } from 'koa'
import { createRequestCheck } from './check-request.ts'
import type { Endpoint, EndpointAccess, EndpointInput } from './endpoint.ts'

export interface EndpointRouterOptions {
  /** Gives the middleware that lets a request pass or throws 401 or 403. It is not asked for `public` endpoints. */
  authorize: (access: Exclude<EndpointAccess, 'public'>) => Middleware
  /** Gives what runs between authorization and the check of the request, such as limits of the rate. @default nothing */
  before?: (endpoint: Endpoint) => readonly Middleware[]
}

/** Answers a request that fits its endpoint's definition. */
export type EndpointHandler<E extends Endpoint, State> = (
  ctx: RouterContext<State>,
  input: EndpointInput<E>,
) => Promise<void>

/** Serves endpoints by their definitions. In this order: authorization, `before`, the check of path, query and body, the
 *  handler. So a request without rights is refused before its body is read. */
export interface EndpointRouter<State> {
  serve<E extends Endpoint>(endpoint: E, handler: EndpointHandler<E, State>): EndpointRouter<State>
  /** Leaves an endpoint to a middleware that checks the request itself, such as a proxy. `before` runs all the same. */
  pass(endpoint: Endpoint, middleware: Middleware): EndpointRouter<State>
  /** Middlewares that serve the endpoints, and answer 405 for other methods of their paths. */
  routes(): readonly Middleware[]
}

export function createEndpointRouter<State = object>({
  authorize,
  before = () => [],
}: EndpointRouterOptions): EndpointRouter<State> {
  // The router answers 501, a fault of the server, for a method that it is not told of, such as TRACE.
  const router = new Router({ methods: METHODS })
  const register = ({ method, path }: Endpoint, middlewares: readonly unknown[]) => {
    const route = path.replaceAll(/\{(\w+)\}/g, ':$1')
    const methods = method === 'GET' ? ['GET', 'HEAD'] : [method]
    router.register(route, methods, middlewares as RouterMiddleware[])
  }
  const endpoints: EndpointRouter<State> = {
    serve(endpoint, handler) {
      const { access } = endpoint
      const check = createRequestCheck(endpoint)
      const middlewares = [
        ...(access === 'public' ? [] : [authorize(access)]),
        ...before(endpoint),
        async (ctx: RouterContext) => {
          await handler(ctx as unknown as RouterContext<State>, await check(ctx))
        },
      ]
      register(endpoint, middlewares)
      return endpoints
    },
    pass(endpoint, middleware) {
      register(endpoint, [...before(endpoint), middleware])
      return endpoints
    },
    routes: () => [router.routes(), router.allowedMethods()] as unknown as Middleware[],
  }
  return endpoints
}
