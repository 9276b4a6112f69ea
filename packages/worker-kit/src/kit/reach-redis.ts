import { WorkerKitError } from '../errors.ts'
import { redisFailure, withoutSecrets } from '../redis-failure.ts'
import { withTimeLimit } from '../time-limit.ts'
import { describeRedis, type RedisClient } from './redis-connections.ts'

/** Resolves when Redis answers. Temporary failures are waited out. A refusal, such as a wrong password, ends the wait at
 *  once, and so does a client that gives up.
 *  @throws {WorkerKitError} `ERR_CONNECT` with the real cause */
export async function reachRedis(client: RedisClient, timeoutMs: number): Promise<void> {
  if (client.status === 'ready') return
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
  let cause: Error | undefined
  // The first error of an attempt says more than those that follow from it.
  let isFirst = true
  const onClose = () => {
    isFirst = true
  }
  const onError = (error: Error) => {
    if (isFirst) cause = causeOf(error)
    isFirst = false
    if (cause && redisFailure(cause).isFinal) reject(unreachable(client, cause))
  }
  const onEnd = () => reject(unreachable(client, cause ?? new Error('the client was closed')))
  client.on('ready', resolve).on('close', onClose).on('end', onEnd)
  client.on('error', onError).on('node error', onError)
  try {
    // Rejects when the first attempt fails; ioredis goes on trying.
    if (client.status === 'wait' || client.status === 'end') client.connect().catch(() => undefined)
    await withTimeLimit(ready, timeoutMs, () => {
      throw unreachable(client, cause ?? new Error(`no connection within ${timeoutMs} ms`))
    })
  } finally {
    client.off('ready', resolve).off('close', onClose).off('end', onEnd)
    client.off('error', onError).off('node error', onError)
  }
}

/** The error of a cluster may wrap that of a node. */
function causeOf(error: Error & { lastNodeError?: Error }): Error {
  return withoutSecrets(error.lastNodeError ?? error)
}

function unreachable(client: RedisClient, cause: Error): WorkerKitError {
  const { reason, advice } = redisFailure(cause)
  return new WorkerKitError(
    'ERR_CONNECT',
    `Redis at ${describeRedis(client)} cannot be reached: ${reason}. ${advice}`,
    {
      cause,
    },
  )
}
