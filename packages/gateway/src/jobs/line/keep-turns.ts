import type { RedisConnection } from '@jackalope/service-kit'
import type { Logger } from 'pino'
import type { ConversionQueue } from '../conversion-queue.ts'
import type { UserLines } from './user-lines.ts'

/** How often to look whose turn it is, in milliseconds. */
const intervalMs = 1_000

export interface KeepTurnsOptions {
  lines: UserLines
  queue: ConversionQueue
  redis: Pick<RedisConnection, 'run'>
  logger: Pick<Logger, 'warn'>
  signal: AbortSignal
  /** Prefix of the keys, for tests. @default jackalope */
  prefix?: string
}

/** Looks every second whose turn it is. Of several gateways one does. Failures are logged once, never thrown. */
export function keepTurns({
  lines,
  queue,
  redis,
  logger,
  signal,
  prefix = 'jackalope',
}: KeepTurnsOptions): void {
  let isRunning = false
  let hasFailed = false
  const takeTurn = () =>
    redis.run('The line of conversions', client =>
      client.set(`${prefix}:lines-kept`, '1', 'PX', Math.round(intervalMs * 0.9), 'NX'),
    )
  const look = async () => {
    if (isRunning || signal.aborted) return
    isRunning = true
    try {
      if (await takeTurn()) await lines.advance(queue)
      hasFailed = false
    } catch (error) {
      if (!hasFailed && !signal.aborted) logger.warn({ err: error }, 'could not look whose turn it is')
      hasFailed = true
    } finally {
      isRunning = false
    }
  }
  const timer = setInterval(look, intervalMs).unref()
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}
