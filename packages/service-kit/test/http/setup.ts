import type { TestContext } from 'node:test'
import { onEnd } from '@jackalope/local-servers/testing'
import type Koa from 'koa'
import {
  createHttpApp,
  type HttpAppOptions,
  type HttpServer,
  type ServeOptions,
  serve,
} from '../../src/index.ts'
import { type CapturedLog, captureLog } from '../captured-log.ts'

export interface Setup {
  server: HttpServer
  log: CapturedLog
  get(path: string, init?: RequestInit): Promise<Response>
}

/** A real server on a free port, with these middlewares after those of `createHttpApp`. */
export async function setup(
  t: TestContext,
  middlewares: Array<(ctx: Koa.Context, next: Koa.Next) => unknown>,
  options: Partial<ServeOptions & HttpAppOptions> = {},
): Promise<Setup> {
  const log = captureLog()
  const app = createHttpApp({ ...options, logger: log.logger })
  for (const middleware of middlewares) app.use(middleware)
  const server = await serve(app, {
    host: '127.0.0.1',
    port: 0,
    logger: log.logger,
    closeTimeoutMs: 1_000,
    ...options,
  })
  onEnd(t, () => server.close())
  return { server, log, get: (path, init) => fetch(server.url + path, init) }
}
