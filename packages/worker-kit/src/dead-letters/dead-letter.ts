/** What became of a letter's job since.
 *  `failed`: it stands as failed by this letter. `removed`: its record is gone; the letter is all that is left of it.
 *  `replayed`: it has moved on: it waits, runs, is completed, or failed again, which is another letter. */
export type DeadJobStatus = 'failed' | 'removed' | 'replayed'

/** How a job came to fail for good. */
export interface Failure {
  /** The error's message; the broker's reason when it gave the message up itself. */
  readonly reason: string
  readonly at: Date
  /** Attempts that were made, the last one included. */
  readonly attemptsMade: number
  /** How often it was started; more than `attemptsMade` when it lost workers or was given back. */
  readonly starts: number
  /** How often it lost its worker. */
  readonly stalls: number
  /** When the last attempt began. */
  readonly startedAt?: Date
  /** The worker's name, or `host:pid`. */
  readonly worker?: string
  /** Of the last attempts, oldest first. Bounded: see `encodeDeadLetter`. */
  readonly stacktraces: readonly string[]
}

/** A job that failed for good. */
export interface DeadJob {
  readonly kind: 'job'
  /** The job's id. */
  readonly id: string
  /** Of the run that failed. Letters with the same id and stamp are the same letter. */
  readonly stamp: string
  readonly name: string
  /** The payload; `undefined` if it was too large for a message. */
  readonly data: unknown
  /** BullMQ's options of the job. */
  readonly opts: Readonly<Record<string, unknown>>
  readonly addedAt: Date
  readonly failure: Failure
  readonly status: DeadJobStatus
  /** What Redis says of the job now. */
  readonly job: 'failed' | 'completed' | 'unfinished' | 'removed'
}

/** A message that was no job: whoever published it knew nothing of this package, or another version of it. */
export interface MalformedMessage {
  readonly kind: 'malformed'
  /** `malformed-` and a digest of the message. */
  readonly id: string
  readonly reason: string
  /** When a worker refused it; when the broker put it here by itself, to the second. */
  readonly at?: Date
  /** As it came. */
  readonly body: Buffer
  readonly properties: Readonly<Record<string, unknown>>
}

/** What a dead-letter queue holds. */
export type DeadLetter = (DeadJob | MalformedMessage) & {
  /** How often the queue holds this letter: twice when its writer was killed before it could record the failure. */
  readonly copies: number
}
