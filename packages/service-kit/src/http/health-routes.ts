import type { IncomingMessage } from 'node:http'
import type { Middleware } from 'koa'
import type { Logger } from 'pino'
import { withTimeLimit } from '../lifecycle/time-limit.ts'

/** Rejects while a dependency does not answer. The reason is logged and not shown to clients. */
export type HealthCheck = () => Promise<void>

export interface HealthOptions {
  /** Checks that must pass for the service to be ready, by name. */
  checks: Readonly<Record<string, HealthCheck>>
  /** Checks that are shown only: the service is ready without them. @default none */
  optional?: Readonly<Record<string, HealthCheck>>
  logger: Logger
  /** Longest check, in milliseconds; then it has failed. @default 2_000 */
  timeoutMs?: number
  /** How long it is told again that everything is up, in milliseconds. @default 1_000 */
  cacheMs?: number
  /** Once aborted, the service is not ready: `shutdown` of `runService`. */
  shutdown?: AbortSignal
}

export const probePaths: readonly string[] = ['/healthz', '/readyz']

/** `GET /healthz`: 200 while the process lives. `GET /readyz`: 200 when every check passes, else 503. Both answer JSON.
 *  Only programs on the same machine are told the state of each check: the port may be public. */
export function healthRoutes(options: HealthOptions): Middleware {
  const look = shareResults(() => runAllChecks(options, down), options.cacheMs ?? 1_000)
  const down = new Set<string>()
  return async (ctx, next) => {
    if (!probePaths.includes(ctx.path) || !['GET', 'HEAD'].includes(ctx.method)) return next()
    ctx.set('Cache-Control', 'no-store')
    if (ctx.path === '/healthz') {
      ctx.body = { status: 'alive' }
      return
    }
    const { isReady, checks, optional } = await look()
    const status = options.shutdown?.aborted ? 'shutting down' : isReady ? 'ready' : 'not ready'
    ctx.status = status === 'ready' ? 200 : 503
    ctx.body = isFromThisMachine(ctx.req) ? { status, checks, optional } : { status }
  }
}

async function runAllChecks(options: HealthOptions, down: Set<string>) {
  const [checks, optional] = await Promise.all([
    runChecks(options.checks, options, down),
    options.optional && runChecks(options.optional, options, down),
  ])
  const areUp = (states: typeof checks) => Object.values(states).every(state => state === 'up')
  const isReady = areUp(checks)
  return { isReady, isWell: isReady && areUp(optional ?? {}), checks, optional }
}

/** Callers of the same moment share one run, so that many cost no more than one. A good result is given again for
 *  `cacheMs`; the end of an outage is seen at once. */
function shareResults<T extends { isWell: boolean }>(run: () => Promise<T>, cacheMs: number) {
  let shared: Promise<T> | undefined
  const forget = () => {
    shared = undefined
  }
  return (): Promise<T> => {
    if (shared) return shared
    shared = run()
    void shared.then(({ isWell }) => {
      if (isWell) setTimeout(forget, cacheMs).unref()
      else forget()
    }, forget)
    return shared
  }
}

/** A proxy on this machine tells of its clients by these headers. */
function isFromThisMachine({ socket, headers }: IncomingMessage): boolean {
  const isLoopback = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(socket.remoteAddress ?? '')
  return isLoopback && !['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'].some(name => name in headers)
}

async function runChecks(
  checks: Readonly<Record<string, HealthCheck>>,
  options: HealthOptions,
  down: Set<string>,
): Promise<Record<string, 'up' | 'down'>> {
  const states = Object.entries(checks).map(
    async ([name, check]) => [name, await runCheck(name, check, options, down)] as const,
  )
  return Object.fromEntries(await Promise.all(states))
}

/** Logs only when a check's state changes.
 *  @param down - names of the checks that failed last time */
async function runCheck(
  name: string,
  check: HealthCheck,
  { logger, timeoutMs = 2_000 }: HealthOptions,
  down: Set<string>,
): Promise<'up' | 'down'> {
  try {
    await withTimeLimit(timeoutMs, `${name} did not answer`, check)
    if (down.delete(name)) logger.info({ check: name }, 'answers again')
    return 'up'
  } catch (error) {
    if (!down.has(name)) logger.warn({ check: name, err: error }, 'does not answer')
    down.add(name)
    return 'down'
  }
}
