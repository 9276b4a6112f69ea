import { WorkerKitError, type WorkerKitErrorCode } from '../errors.ts'
import type { OutboxRow } from './outbox-store.ts'

/** Publishes jobs of one queue, in their order, under the ids of their rows. Resolves when the broker has confirmed all. After an
 *  error any of them may be published: a second job of an id is dropped. */
export type PublishRows = (queue: string, rows: readonly OutboxRow[]) => Promise<void>

/** The database or the broker is away. The cause says why. */
export class OutageError extends Error {
  override readonly cause: Error

  constructor(cause: Error) {
    super(cause.message)
    this.cause = cause
  }
}

/** A row does not hold a job in JSON. */
export class DamagedRowError extends Error {}

const outages: ReadonlySet<WorkerKitErrorCode> = new Set([
  'ERR_CONNECT',
  'ERR_ADD_UNCONFIRMED',
  'ERR_PUBLISH_UNCONFIRMED',
  'ERR_CLOSED',
])

const faultsOfJobs: ReadonlySet<WorkerKitErrorCode> = new Set([
  'ERR_INVALID_PAYLOAD',
  'ERR_INVALID_OPTIONS',
  'ERR_NEEDS_RECORD',
  'ERR_JOB_TOO_LARGE',
])

/** Whom an error concerns: every job, those of one queue, or one job. */
export function scopeOf(error: Error): 'outage' | 'queue' | 'job' {
  if (error instanceof OutageError) return 'outage'
  if (error instanceof DamagedRowError) return 'job'
  if (!(error instanceof WorkerKitError)) return 'queue'
  if (outages.has(error.code)) return 'outage'
  return faultsOfJobs.has(error.code) ? 'job' : 'queue'
}
