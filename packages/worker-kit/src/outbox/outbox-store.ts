/** A job to be written into the table. */
export interface NewRow {
  /** Becomes the job's id. */
  jobId: string
  /** Name of the queue, and of the job. */
  queue: string
  /** The job's data, as JSON. */
  payload: string
  /** BullMQ's options of the job, as JSON. */
  options: string
  /** How long the job stays in the table before it is published, in milliseconds. */
  delayMs: number
}

/** Where a row is in its table. */
export type RowKey = number | string

/** A job that waits to be published. */
export interface OutboxRow extends Omit<NewRow, 'delayMs'> {
  key: RowKey
  /** How often its job could not be added for a reason of its own. */
  failures: number
}

/** A queue that has rows. */
export interface QueueWithRows {
  queue: string
  /** When its first row is due, in milliseconds from now; negative: how long it has been due. */
  dueInMs: number
}

/** A row whose job could not be added, for a reason of its own. */
export interface FailedRow {
  /** The job's id. */
  id: string
  queue: string
  failures: number
  /** Why the job could not be added the last time. */
  reason: string
  createdAt: Date
  /** When it is tried again. */
  dueAt: Date
}

export interface RowCounts {
  /** Rows in the table, those that are not due yet included. */
  rows: number
  /** Rows whose job could not be added, for a reason of its own. */
  failed: number
}

/** An outbox in a database. All times are the database's, so that the clocks of the processes do not matter.
 *  @typeParam Transaction - what the user's client has for a transaction */
export interface OutboxStore<Transaction> {
  /** What makes the table, for those who have migrations of their own; may be run again. Empty for a database without
   *  statements. */
  readonly schema: readonly string[]
  /** Makes the table if it is missing. Safe in several processes at once. */
  migrate(): Promise<void>
  /** Why a value is no open transaction of the client; `undefined` when it may be one. */
  transactionFault(transaction: unknown): string | undefined
  /** Writes rows in a transaction, in this order. */
  insert(rows: readonly NewRow[], transaction: Transaction): Promise<void>
  /** Calls a function soon after the commit, if the client tells of commits. Only a hint: it may be called after a
   *  rollback, or never. The same function is called once for a transaction. */
  afterCommit(transaction: Transaction, listener: () => void): void

  /** The queues that have rows, the longest due first. */
  queues(): Promise<QueueWithRows[]>
  /** Makes a relay the only one that publishes the rows of a queue, for a time; prolongs that for the relay that is.
   *  @returns whether the relay is the one */
  takeLease(queue: string, relayId: string, leaseMs: number): Promise<boolean>
  /** Lets other relays have the queue at once. */
  releaseLease(queue: string, relayId: string): Promise<void>
  /** The first rows that are due, in the order of their due times: as many as fit into `limit` and `maxBytes`, but at least
   *  one if there is any. */
  dueRows(queue: string, limits: { limit: number; maxBytes: number }): Promise<OutboxRow[]>
  remove(keys: readonly RowKey[]): Promise<void>
  /** Counts a failure of a row, and puts the row off. */
  postpone(key: RowKey, failure: { delayMs: number; reason: string }): Promise<void>

  counts(): Promise<RowCounts>
  /** The failed rows, oldest first. */
  failedRows(limit: number): Promise<FailedRow[]>
  /** Makes failed rows due at once; gives their number.
   *  @param ids - of the jobs. @default all */
  retryFailed(ids?: readonly string[]): Promise<number>
  /** Removes failed rows for good; gives their number. */
  discardFailed(ids: readonly string[]): Promise<number>
}

/** Longest text of a failure that is kept, in characters. */
export const MAX_REASON_CHARS = 1_000
