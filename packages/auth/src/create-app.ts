import { users } from '@jackalope/contracts/api'
import { createEndpointRouter, createHttpApp, healthRoutes } from '@jackalope/service-kit'
import type Koa from 'koa'
import { authorize } from './access/authorize.ts'
import type { AppDeps } from './app-deps.ts'
import { getUser } from './routes/get-user.ts'
import { jwks } from './routes/jwks.ts'
import { login } from './routes/login.ts'
import { register } from './routes/register.ts'
import { validate } from './routes/validate.ts'

/** Auth's HTTP API. */
export function createApp(deps: AppDeps): Koa {
  const { logger, metrics, shutdown, database } = deps
  const app = createHttpApp({ logger, metrics, trustedProxies: deps.trustedProxies })
  const router = createEndpointRouter({ authorize: authorize(deps) })
    .serve(users.register, register(deps))
    .serve(users.login, login(deps))
    .serve(users.validateToken, validate(deps))
    .serve(users.jwks, jwks(deps))
    .serve(users.getUser, getUser(deps))
  app.use(healthRoutes({ checks: { mysql: database.check }, timeoutMs: 4_000, logger, shutdown }))
  app.use(async (ctx, next) => {
    // Tokens and mail addresses must not be cached.
    ctx.set('Cache-Control', 'no-store')
    await next()
  })
  for (const middleware of router.routes()) app.use(middleware)
  return app
}
