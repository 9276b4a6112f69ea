import { type BackendFactory, type ConnectionOptions, type Telemetry, Worker } from 'bullmq'
import { isOutage } from '../amqp/outages.ts'
import type { RabbitmqQueueBackend } from '../backend/rabbitmq-queue-backend.ts'
import { cancellationError } from '../job/cancellation.ts'
import type { JobDefinition } from '../job/define-job.ts'
import type { Logger } from '../logger.ts'
import { withTimeLimit } from '../time-limit.ts'
import type { JobEventListener } from './job-events.ts'
import { backoffStrategy } from './job-options.ts'
import { type JobHandler, runHandler, shutdownReason } from './run-handler.ts'
import { watchJobs } from './watch-jobs.ts'

/** How long handlers may take to end once a shutdown has aborted them, in milliseconds. */
const FORCED_DRAIN_MS = 6_000

export interface WorkOptions {
  /** How many jobs run at a time. Integer >= 1. @default 1 */
  concurrency?: number
  /** How long a job stays reserved for a worker that shows no sign of life, in milliseconds. Integer >= 1_000. @default 30_000 */
  lockDurationMs?: number
  /** How often a job may lose its worker before it fails for good. Integer >= 0. @default 3 */
  maxStalledCount?: number
}

/** Runs the jobs of one type. */
export interface TypedWorker {
  /** Takes no further jobs and waits for those that run; after the time is over, aborts them and gives them back. */
  close(options: { timeoutMs: number }): Promise<void>
  /** Where Redis tells of its running jobs that are canceled. */
  readonly cancelChannel: string
  /** Aborts a job, if it runs here. */
  cancel(id: string, failure: string): void
  /** BullMQ's own object, for everything else. */
  readonly bull: Worker
}

interface WorkerSetup {
  connection: ConnectionOptions
  prefix: string | undefined
  factory: BackendFactory<RabbitmqQueueBackend>
  logger: Logger
  telemetry: Telemetry | undefined
  tell: JobEventListener
  /** Ends the attempts to reach a Redis that is gone, and what waits for it. */
  giveUp: () => void
}

export function typedWorker<Input, Output, Result>(
  definition: JobDefinition<Input, Output, Result>,
  handler: JobHandler<Output, Result>,
  { concurrency = 1, lockDurationMs = 30_000, maxStalledCount = 3 }: WorkOptions,
  { connection, prefix, factory, logger, telemetry, tell, giveUp }: WorkerSetup,
): TypedWorker {
  const worker = new Worker(
    definition.name,
    (job, token, signal) =>
      runHandler(definition, handler, job, {
        token: token as string,
        signal: signal ?? new AbortController().signal,
        logger,
      }),
    {
      connection,
      prefix,
      telemetry,
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
  // Without its lock the job is, or soon will be, somebody else's.
  worker.on('lockRenewalFailed', ids => {
    for (const id of ids) worker.cancelJob(id, 'the lock was lost')
  })

  return {
    bull: worker as unknown as Worker,
    cancelChannel: worker.getBackend().cancelChannel,
    // BullMQ hands the reason on as it is; its type says text.
    cancel: (id, failure) => worker.cancelJob(id, cancellationError(failure) as unknown as string),
    async close({ timeoutMs }) {
      const drained = worker.close()
      if (await isSettledWithin(drained, timeoutMs)) return
      worker.cancelAllJobs(shutdownReason)
      if (await isSettledWithin(drained, FORCED_DRAIN_MS)) return
      // A handler ignores its signal, or Redis cannot be reached: the broker hands the jobs to the next worker.
      logger.error({ queue: definition.name }, 'gave up waiting for running jobs')
      giveUp()
      await isSettledWithin(drained, FORCED_DRAIN_MS)
    },
  }
}

function isSettledWithin(promise: Promise<void>, timeoutMs: number): Promise<boolean> {
  return withTimeLimit(
    promise.then(() => true),
    timeoutMs,
    () => false,
  )
}
