import { hostname } from 'node:os'
import type { JobJson } from 'bullmq'
import type { Broker } from '../amqp/broker.ts'
import type { QueueTopology } from '../amqp/topology.ts'
import { WorkerKitError } from '../errors.ts'
import { clearInterval, setInterval } from '../real-timers.ts'
import { beginDeadLetter } from '../redis/commands/begin-dead-letter.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'
import type { Failure } from './dead-letter.ts'
import { encodeDeadLetter } from './dead-letter-message.ts'
import { describeReason, parseStacktraces } from './describe-reason.ts'

export interface DeadLetterWriterOptions {
  broker: Broker
  topology: QueueTopology
  queue: RedisQueue
  /** How long a job's lock lasts, in milliseconds. */
  lockDurationMs: number
  extendLock: (jobId: string, token: string, durationMs: number) => Promise<unknown>
  /** Whether to publish an unconfirmed letter again. A worker that is closing does not. */
  isPatient: () => boolean
  onError: (error: Error) => void
}

export interface FinalFailure {
  jobId: string
  /** Lock token of the worker that fails the job. */
  token: string
  /** The message of the job's error: a text, unless the processor threw something unusual. */
  reason: unknown
  /** Stack traces of all attempts, as BullMQ is about to store them: a JSON array. */
  stacktrace: string | undefined
}

/** Writes the dead letters of one queue (R9). */
export class DeadLetterWriter {
  readonly #options: DeadLetterWriterOptions

  constructor(options: DeadLetterWriterOptions) {
    this.#options = options
  }

  /** Resolves when the broker has confirmed the letter, or when the job is not the caller's: then Redis refuses the
   *  failure. While the broker is away the job's lock is renewed, so that no other worker starts the job.
   *  @throws {WorkerKitError} `ERR_DEAD_LETTER_UNCONFIRMED`: the failure must not be recorded. */
  async write(failure: FinalFailure): Promise<void> {
    const { broker, topology, queue, lockDurationMs } = this.#options
    const begun = await beginDeadLetter(queue, failure, lockDurationMs)
    if (!begun) return
    const { job, stamp } = begun
    const letter = encodeDeadLetter(job, stamp, describe(job, failure), topology.queue)
    const stopRenewing = this.#keepLock(failure)
    try {
      for (;;) {
        try {
          await broker.publisher.publish(topology, letter, topology.deadLetterExchange)
          return
        } catch (error) {
          this.#rejectUnlessPatient(failure, error as Error)
        }
      }
    } finally {
      stopRenewing()
    }
  }

  #rejectUnlessPatient({ jobId }: FinalFailure, refusal: Error): void {
    const { isPatient, onError, topology } = this.#options
    const isUnconfirmed = (refusal as { code?: unknown }).code === 'ERR_PUBLISH_UNCONFIRMED'
    // The publisher's own text is written for somebody who adds a job.
    const cause = isUnconfirmed ? refusal.cause : refusal
    const error = new WorkerKitError(
      'ERR_DEAD_LETTER_UNCONFIRMED',
      `The failure of job ${jobId} of queue "${topology.queue}" is not recorded: the broker has not confirmed its dead letter`,
      { cause },
    )
    if (!isUnconfirmed || !isPatient()) throw error
    onError(error)
  }

  /** BullMQ no longer renews the lock: for BullMQ the attempt is over. */
  #keepLock({ jobId, token }: FinalFailure): () => void {
    const { lockDurationMs, extendLock, onError } = this.#options
    if (token === '0') return () => undefined
    const renewal = setInterval(
      () => extendLock(jobId, token, lockDurationMs).catch(onError),
      Math.ceil(lockDurationMs / 3),
    )
    return () => clearInterval(renewal)
  }
}

/** @param job - as Redis has it, before this failure is recorded */
function describe(job: JobJson, { reason, stacktrace }: FinalFailure): Failure {
  return {
    reason: describeReason(reason),
    at: new Date(),
    attemptsMade: job.attemptsMade + 1,
    starts: job.attemptsStarted,
    stalls: job.stalledCounter,
    startedAt: job.processedOn ? new Date(job.processedOn) : undefined,
    worker: job.processedBy ?? `${hostname()}:${process.pid}`,
    stacktraces: parseStacktraces(stacktrace),
  }
}
