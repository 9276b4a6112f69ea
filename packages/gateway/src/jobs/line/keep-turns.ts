import { type RedisConnection, repeat } from '@jackalope/service-kit'
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
export function keepTurns(options: KeepTurnsOptions): void {
  const { lines, queue, redis, logger, signal, prefix = 'jackalope' } = options
  const takeTurn = () =>
    redis.run('The line of conversions', client =>
      client.set(`${prefix}:lines-kept`, '1', 'PX', Math.round(intervalMs * 0.9), 'NX'),
    )
  const look = async () => {
    if (!(await takeTurn())) return
    await lines.noteStrays(queue)
    await lines.advance(queue)
  }
  repeat(look, {
    ...{ intervalMs, signal },
    onFailure: error => logger.warn({ err: error }, 'could not look whose turn it is'),
  })
}
