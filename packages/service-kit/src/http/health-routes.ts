import type { Context, Middleware } from 'koa'
import type { Logger } from 'pino'
import { withTimeLimit } from '../lifecycle/time-limit.ts'

/** Rejects while the thing it looks at does not answer. The reason is logged and not shown. */
export type HealthCheck = () => Promise<void>

export interface HealthOptions {
  /** What must answer for the service to be ready, by name. */
  checks: Readonly<Record<string, HealthCheck>>
  /** What is looked at and shown too, and may be down: the service is ready without it. @default none */
  optional?: Readonly<Record<string, HealthCheck>>
  logger: Logger
  /** A check that takes longer counts as failed; in milliseconds. @default 2_000 */
  timeoutMs?: number
  /** Once aborted, the service is not ready: `shutdown` of `runService`. */
  shutdown?: AbortSignal
}

export const probePaths: readonly string[] = ['/healthz', '/readyz']

/** `GET /healthz`: 200 as long as the process lives, whatever it depends on. `GET /readyz`: 200 when every check
 *  passes, else 503; both as JSON, with the state of each check. */
export function healthRoutes(options: HealthOptions): Middleware {
  const down = new Set<string>()
  return async (ctx, next) => {
    if (!probePaths.includes(ctx.path) || !['GET', 'HEAD'].includes(ctx.method)) return next()
    ctx.set('Cache-Control', 'no-store')
    if (ctx.path === '/healthz') ctx.body = { status: 'alive' }
    else await answerReadiness(ctx, options, down)
  }
}

async function answerReadiness(ctx: Context, options: HealthOptions, down: Set<string>): Promise<void> {
  const [checks, optional] = await Promise.all([
    runChecks(options.checks, options, down),
    options.optional && runChecks(options.optional, options, down),
  ])
  const up = Object.values(checks).every(state => state === 'up')
  const status = options.shutdown?.aborted ? 'shutting down' : up ? 'ready' : 'not ready'
  ctx.status = status === 'ready' ? 200 : 503
  ctx.body = { status, checks, optional }
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

/** Logs when a check's state changes, not each time it is asked for.
 *  @param down - names of the checks that failed last time. */
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
