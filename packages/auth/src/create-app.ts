import { createHttpApp, healthRoutes } from '@jackalope/service-kit'
import Router from '@koa/router'
import type Koa from 'koa'
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
  const router = new Router()
    .use(async (ctx, next) => {
      // Tokens and mail addresses must not be cached.
      ctx.set('Cache-Control', 'no-store')
      await next()
    })
    .post('/register', register(deps))
    .post('/login', login(deps))
    .get('/validate', validate(deps))
    .get('/.well-known/jwks.json', jwks(deps))
    .get('/internal/users/:id', getUser(deps))
  app.use(healthRoutes({ checks: { mysql: database.check }, timeoutMs: 4_000, logger, shutdown }))
  app.use(router.routes())
  app.use(router.allowedMethods())
  return app
}
