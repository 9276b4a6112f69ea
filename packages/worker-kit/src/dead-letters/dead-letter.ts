/** What became of a letter's job since.
 *  `failed`: Redis has the job as failed, by this letter's failure. `removed`: Redis has no record of the job any more; only
 *  the letter is left. `replayed`: the job has moved on: it waits, runs, is completed, or failed again with a new letter. */
export type DeadJobStatus = 'failed' | 'removed' | 'replayed'

/** How a job came to fail for good. */
export interface Failure {
  /** The error's message; the broker's reason when it gave the message up itself. */
  readonly reason: string
  readonly at: Date
  /** Attempts that were made, the last one included. */
  readonly attemptsMade: number
  /** How often it was started; more than `attemptsMade` when it lost workers or went back to wait. */
  readonly starts: number
  /** How often it lost its worker. */
  readonly stalls: number
  /** When the last attempt began. */
  readonly startedAt?: Date
  /** The worker's name, or `host:pid`. */
  readonly worker?: string
  /** Stack traces of the last attempts, oldest first: 10 at most, of 8,000 characters each. */
  readonly stacktraces: readonly string[]
}

/** A job that failed for good. */
export interface DeadJob {
  readonly kind: 'job'
  /** The job's id. */
  readonly id: string
  /** Stamp of the run that failed. Messages with the same id and stamp are copies of one letter. */
  readonly stamp: string
  readonly name: string
  /** The payload; `undefined` if it was too large for a message. */
  readonly data: unknown
  /** BullMQ's options of the job. */
  readonly opts: Readonly<Record<string, unknown>>
  readonly addedAt: Date
  readonly failure: Failure
  readonly status: DeadJobStatus
  /** The job's state in Redis now. */
  readonly job: 'failed' | 'completed' | 'unfinished' | 'removed'
}

/** A message that was no job: its publisher did not use this package's format, or used a later version of it. */
export interface MalformedMessage {
  readonly kind: 'malformed'
  /** `malformed-` and a digest of the message. */
  readonly id: string
  readonly reason: string
  /** When a worker dead-lettered it, or when the broker did, to the second. */
  readonly at?: Date
  /** The message's body, unchanged. */
  readonly body: Buffer
  readonly properties: Readonly<Record<string, unknown>>
}

/** What a dead-letter queue holds. */
export type DeadLetter = (DeadJob | MalformedMessage) & {
  /** How often the queue holds this letter: twice when its writer was killed before it could record the failure. */
  readonly copies: number
}
