import { type BackendFactory, type Telemetry, Worker } from 'bullmq'
import { isOutage } from '../amqp/outages.ts'
import type { RabbitmqQueueBackend } from '../backend/rabbitmq-queue-backend.ts'
import { cancellationError } from '../job/cancellation.ts'
import type { JobDefinition } from '../job/define-job.ts'
import { backoffStrategy } from '../job/job-options.ts'
import type { Logger } from '../logger.ts'
import { withTimeLimit } from '../time-limit.ts'
import { closeTimeoutMs } from './call-options.ts'
import type { JobEventListener } from './job-events.ts'
import { type RedisConnections, redisRetryMs } from './redis-connections.ts'
import { type JobHandler, runHandler, shutdownReason } from './run-handler.ts'
import { postponed, watchJobs } from './watch-jobs.ts'

/** How long handlers may take to end once a shutdown has aborted them, in milliseconds. */
const FORCED_DRAIN_MS = 6_000

export interface WorkOptions {
  /** How many jobs run at a time. Integer from 1 to 65,535. @default 1 */
  concurrency?: number
  /** How long a job stays reserved for a worker that shows no sign of life, in milliseconds.
   *  Integer from 1,000 to 2,147,483,647. @default 30_000 */
  lockDurationMs?: number
  /** How often a job may lose its worker and start again; then it fails for good. Integer >= 0. @default 3 */
  maxStalledCount?: number
  /** Name of the worker, without spaces: `getWorkers` shows it, and its jobs have it as `processedBy`. @default none */
  name?: string
}

/** Runs the jobs of one type. */
export interface TypedWorker {
  /** Takes no further jobs until `resume`; running ones go on. What the broker has delivered and has not started goes back, so
   *  that other workers get it. Safe to call twice. */
  pause(): Promise<void>
  /** Takes jobs again. */
  resume(): Promise<void>
  /** Takes no further jobs and waits for those that run; after the time is over, aborts them and gives them back.
   *  @param options.timeoutMs - in milliseconds; integer from 0 to 2,147,483,647, or `Infinity`: waits without limit */
  close(options: { timeoutMs: number }): Promise<void>
  /** Channel of Redis that names the queue's running jobs to cancel. */
  readonly cancelChannel: string
  /** Aborts a job, if it runs here. */
  cancel(id: string, failure: string): void
  /** BullMQ's own object, for everything else. */
  readonly bull: Worker
}

interface WorkerSetup {
  redis: RedisConnections
  prefix: string | undefined
  factory: BackendFactory<RabbitmqQueueBackend>
  logger: Logger
  telemetry: Telemetry | undefined
  tell: JobEventListener
}

export function typedWorker<Input, Output, Result>(
  definition: JobDefinition<Input, Output, Result>,
  handler: JobHandler<Output, Result>,
  { concurrency = 1, lockDurationMs = 30_000, maxStalledCount = 3, name }: WorkOptions,
  { redis, prefix, factory, logger, telemetry, tell }: WorkerSetup,
): TypedWorker {
  let isGivenUp = false
  const connection = redis.open(attempt => (isGivenUp ? null : redisRetryMs(attempt)))
  const worker = new Worker(
    definition.name,
    (job, token, signal) =>
      runHandler(definition, handler, job, {
        token: token as string,
        signal: signal ?? new AbortController().signal,
        logger,
        onPostponed: () => tell(postponed(job)),
      }),
    {
      connection,
      prefix,
      telemetry,
      ...(name !== undefined && { name }),
      concurrency,
      lockDuration: lockDurationMs,
      stalledInterval: lockDurationMs,
      maxStalledCount,
      settings: { backoffStrategy: backoffStrategy(definition as JobDefinition) },
    },
    factory,
  )
  watchJobs(worker as unknown as Worker, definition.name, tell)
  const log = (fields: object, message: string) => logger.warn({ queue: definition.name, ...fields }, message)
  worker.on('error', err => {
    if (!isOutage(err)) log({ err }, 'worker error')
  })
  worker.on('failed', (job, err) =>
    log({ jobId: job?.id, attempt: job?.attemptsMade, err }, 'attempt failed'),
  )
  worker.on('stalled', jobId => log({ jobId }, 'job lost its worker'))
  // Without the lock another worker gets the job.
  worker.on('lockRenewalFailed', ids => {
    for (const id of ids) worker.cancelJob(id, 'the lock was lost')
  })

  return {
    async pause() {
      await worker.pause(true)
      await worker.getBackend().disconnectBlocking()
    },
    async resume() {
      await worker.getBackend().reconnectBlocking()
      await worker.resume()
    },
    bull: worker as unknown as Worker,
    cancelChannel: worker.getBackend().cancelChannel,
    // BullMQ passes the reason on unchanged, although its type is a string.
    cancel: (id, failure) => worker.cancelJob(id, cancellationError(failure) as unknown as string),
    async close(options) {
      const timeoutMs = closeTimeoutMs(options)
      try {
        await drain(timeoutMs)
      } finally {
        connection.disconnect()
      }
    },
  }

  async function drain(timeoutMs: number): Promise<void> {
    const drained = worker.close()
    if (await isSettledWithin(drained, timeoutMs)) return
    worker.cancelAllJobs(shutdownReason)
    if (await isSettledWithin(drained, FORCED_DRAIN_MS)) return
    // Either a handler ignores its signal, or Redis cannot be reached. The broker hands the jobs to other workers.
    logger.error({ queue: definition.name }, 'gave up waiting for running jobs')
    // The attempts to reach a Redis that is away end, and what waits for it.
    isGivenUp = true
    await isSettledWithin(drained, FORCED_DRAIN_MS)
  }
}

function isSettledWithin(promise: Promise<void>, timeoutMs: number): Promise<boolean> {
  return withTimeLimit(
    promise.then(() => true),
    timeoutMs,
    () => false,
  )
}
