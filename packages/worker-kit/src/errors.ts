export type WorkerKitErrorCode =
  /** Redis or RabbitMQ could not be reached. */
  | 'ERR_CONNECT'
  /** A job definition or an option is out of range, or a queue's name and prefix are longer than RabbitMQ takes. */
  | 'ERR_INVALID_DEFINITION'
  /** A payload does not fit the job's schema, or cannot be written as JSON. Nothing was added. */
  | 'ERR_INVALID_PAYLOAD'
  /** BullMQ or Redis refuses the options of a job, and will refuse them again. Nothing was added. */
  | 'ERR_INVALID_OPTIONS'
  /** The job is recorded in Redis; the broker has not confirmed its message. It is published again by a worker. */
  | 'ERR_PUBLISH_UNCONFIRMED'
  /** The broker has not confirmed a job that is recorded at its start, but may have it. To add it again under the same id never
   *  makes two. */
  | 'ERR_ADD_UNCONFIRMED'
  /** An option needs the job's record in Redis, and the job is recorded only at its start. Nothing was added. */
  | 'ERR_NEEDS_RECORD'
  /** The broker has not confirmed the dead letter of a failed job, so the failure is not recorded. A worker gets the job
   *  again. */
  | 'ERR_DEAD_LETTER_UNCONFIRMED'
  /** Another process was still reading the dead letters of the queue when the time was over. */
  | 'ERR_DEAD_LETTERS_BUSY'
  /** The dead letters of a queue have reached 80 % of a bound that was set for them, or the oldest were removed beyond it. */
  | 'ERR_DEAD_LETTERS_BOUND'
  /** A dead letter that is no job cannot be replayed. */
  | 'ERR_NOT_REPLAYABLE'
  /** Redis did not record the job. After a lost connection the job may exist all the same. */
  | 'ERR_NOT_RECORDED'
  /** A job, or its id, is larger than the broker's messages may be. Nothing was added. */
  | 'ERR_JOB_TOO_LARGE'
  /** RabbitMQ refuses its user a queue or an exchange. */
  | 'ERR_ACCESS_REFUSED'
  /** The broker's queue exists with other arguments. */
  | 'ERR_TOPOLOGY_MISMATCH'
  /** The installed BullMQ lacks what this package builds on, or an object of another copy of BullMQ asks for the backend. */
  | 'ERR_UNSUPPORTED_BULLMQ'
  /** The function needs a queue on RabbitMQ, and got one on another backend. */
  | 'ERR_OTHER_BACKEND'
  /** Jobs run, but their messages stay on the broker: a Worker was made without the backend factory. */
  | 'ERR_MESSAGES_UNREAD'
  /** One attempt of a job ran longer than its `timeoutMs`. */
  | 'ERR_JOB_TIMEOUT'
  /** The job was canceled. Its handler's signal is aborted with this error. */
  | 'ERR_JOB_CANCELED'
  /** A message on a job queue has no readable form; it was dead-lettered. */
  | 'ERR_MALFORMED_MESSAGE'
  /** The connection or kit was used after it was closed. */
  | 'ERR_CLOSED'

/** Base of all errors of this package. `code` is stable, `message` is not. */
export class WorkerKitError extends Error {
  readonly code: WorkerKitErrorCode
  /** Id of the job, of an `ERR_ADD_UNCONFIRMED`. */
  declare readonly jobId?: string

  constructor(
    code: WorkerKitErrorCode,
    message: string,
    { jobId, ...options }: ErrorOptions & { jobId?: string } = {},
  ) {
    super(message, options)
    this.name = new.target.name
    this.code = code
    if (jobId !== undefined) this.jobId = jobId
  }
}
