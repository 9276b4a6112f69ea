import { hostname } from 'node:os'
import type { JobJson, KeysMap, RedisClient } from 'bullmq'
import type { Broker } from '../amqp/broker.ts'
import type { QueueTopology } from '../amqp/topology.ts'
import { WorkerKitError } from '../errors.ts'
import { beginDeadLetter } from '../redis/commands/begin-dead-letter.ts'
import type { Failure } from './dead-letter.ts'
import { encodeDeadLetter } from './letter-message.ts'

export interface LetterWriterOptions {
  broker: Broker
  topology: QueueTopology
  keys: KeysMap
  redis: () => Promise<RedisClient>
  /** How long the lock of a job holds, in milliseconds. */
  lockDurationMs: number
  extendLock: (jobId: string, token: string, durationMs: number) => Promise<unknown>
  /** Whether an unconfirmed letter is to be tried again: not by a worker that is closing. */
  isPatient: () => boolean
  onError: (error: Error) => void
}

export interface FinalFailure {
  jobId: string
  /** Lock token of the worker that fails the job. */
  token: string
  reason: string
  /** Stack traces of all attempts, as BullMQ is about to store them: a JSON array. */
  stacktrace: string | undefined
}

/** Writes the dead letters of one queue (R9). */
export class LetterWriter {
  readonly #options: LetterWriterOptions

  constructor(options: LetterWriterOptions) {
    this.#options = options
  }

  /** Resolves when the broker has confirmed the letter, or when the job is not the caller's to fail: Redis will refuse
   *  that. While the broker is away the job keeps its lock, so that nobody starts it again for an outage.
   *  @throws {WorkerKitError} `ERR_DEAD_LETTER_UNCONFIRMED`: the failure must not be recorded. */
  async write(failure: FinalFailure): Promise<void> {
    const { broker, topology, keys, redis } = this.#options
    const begun = await beginDeadLetter({ keys, client: redis }, failure)
    if (!begun) return
    const { job, stamp } = begun
    const letter = encodeDeadLetter(job, stamp, describe(job, failure), topology.queue)
    const letLockGo = this.#keepLock(failure)
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
      letLockGo()
    }
  }

  #rejectUnlessPatient({ jobId }: FinalFailure, refusal: Error): void {
    const { isPatient, onError, topology } = this.#options
    const isUnconfirmed = (refusal as { code?: unknown }).code === 'ERR_PUBLISH_UNCONFIRMED'
    // What the publisher says of an unconfirmed message is meant for whoever adds a job.
    const cause = isUnconfirmed ? refusal.cause : refusal
    const error = new WorkerKitError(
      'ERR_DEAD_LETTER_UNCONFIRMED',
      `The failure of job ${jobId} of queue "${topology.queue}" is not recorded: the broker has not confirmed its dead letter`,
      { cause },
    )
    if (!isUnconfirmed || !isPatient()) throw error
    onError(error)
  }

  /** BullMQ has stopped to renew the lock of a job whose attempt is over. */
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

/** @param job - as Redis has it: before this failure. */
function describe(job: JobJson, { reason, stacktrace }: FinalFailure): Failure {
  return {
    reason,
    at: new Date(),
    attemptsMade: job.attemptsMade + 1,
    starts: job.attemptsStarted,
    stalls: job.stalledCounter,
    startedAt: job.processedOn ? new Date(job.processedOn) : undefined,
    worker: job.processedBy ?? `${hostname()}:${process.pid}`,
    stacktraces: JSON.parse(stacktrace ?? '[]'),
  }
}
