import type { Logger } from '../logger.ts'
import { monotonicMs } from '../real-timers.ts'
import { withTimeLimit } from '../time-limit.ts'
import type { OutboxRow, OutboxStore } from './outbox-store.ts'
import { OutageError, type PublishRows, scopeOf } from './publish-rows.ts'

export interface QueueRelaySettings {
  store: OutboxStore<never>
  publish: PublishRows
  logger: Logger
  relayId: string
  batchSize: number
  maxBatchBytes: number
  leaseMs: number
  isClosed: () => boolean
}

/** What a visit has left: nothing that is due; more; or the queue is another relay's now. */
export type VisitOutcome = 'done' | 'more' | 'busy'

/** Batches of one visit; then other queues have their turn. */
const BATCHES_OF_A_VISIT = 20
/** Longest answer of the database, in milliseconds. */
const DATABASE_TIMEOUT_MS = 10_000
/** Waits between attempts to add one job that fails for a reason of its own, in milliseconds. */
const FIRST_POSTPONE_MS = 1_000
const LONGEST_POSTPONE_MS = 3_600_000

interface Failure {
  row: OutboxRow
  error: Error
}

/** Publishes the due rows of a queue, batch by batch, while this relay has the queue's lease.
 *  @throws {OutageError} the database or the broker is away
 *  @throws {Error} the queue takes no jobs; its rows stay as they are */
export async function relayQueue(queue: string, settings: QueueRelaySettings): Promise<VisitOutcome> {
  const { store, relayId, leaseMs, batchSize, maxBatchBytes } = settings
  let leasedAt = monotonicMs()
  if (!(await asked(store.takeLease(queue, relayId, leaseMs)))) return 'busy'
  try {
    for (let batches = 0; batches < BATCHES_OF_A_VISIT && !settings.isClosed(); batches += 1) {
      // A batch ends well within the lease, or is given up (below).
      if (monotonicMs() - leasedAt > leaseMs / 4) {
        leasedAt = monotonicMs()
        if (!(await asked(store.takeLease(queue, relayId, leaseMs)))) return 'busy'
      }
      const rows = await asked(store.dueRows(queue, { limit: batchSize, maxBytes: maxBatchBytes }))
      if (rows.length === 0) return 'done'
      await relayRows(queue, rows, settings)
    }
    return 'more'
  } finally {
    // If that fails, the lease ends by itself.
    await asked(store.releaseLease(queue, relayId)).catch(() => undefined)
  }
}

async function relayRows(queue: string, rows: OutboxRow[], settings: QueueRelaySettings): Promise<void> {
  const { store, publish, leaseMs, logger } = settings
  const publishing = publishAll(queue, rows, publish)
  const failures = await withTimeLimit(publishing, leaseMs / 2, () => {
    throw new OutageError(new Error(`no confirm within ${leaseMs / 2} ms`))
  })
  const failed = new Set(failures.map(({ row }) => row.key))
  const added = rows.filter(({ key }) => !failed.has(key)).map(({ key }) => key)
  if (added.length > 0) await asked(store.remove(added))
  for (const { row, error } of failures) {
    const delayMs = Math.min(FIRST_POSTPONE_MS * 2 ** row.failures, LONGEST_POSTPONE_MS)
    await asked(store.postpone(row.key, { delayMs, reason: error.message }))
  }
  const [first] = failures
  if (first)
    logger.error(
      {
        queue,
        jobId: first.row.jobId,
        jobs: failures.length,
        failures: first.row.failures + 1,
        err: first.error,
      },
      'jobs of the outbox cannot be added',
    )
}

/** Publishes rows in their order. A row that fails is found by halves, so that it does not keep back the others.
 *  @returns the rows that failed for a reason of their own */
async function publishAll(queue: string, rows: OutboxRow[], publish: PublishRows): Promise<Failure[]> {
  try {
    await publish(queue, rows)
    return []
  } catch (cause) {
    const error = cause as Error
    const scope = scopeOf(error)
    if (scope === 'outage') throw new OutageError(error)
    if (scope === 'queue') throw error
    if (rows.length === 1) return [{ row: rows[0] as OutboxRow, error }]
    const middle = Math.ceil(rows.length / 2)
    const failures = await publishAll(queue, rows.slice(0, middle), publish)
    return [...failures, ...(await publishAll(queue, rows.slice(middle), publish))]
  }
}

/** Waits for the database, for a limited time. Whatever it throws keeps the relay from working. */
export async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await withTimeLimit(answer, DATABASE_TIMEOUT_MS, () => {
      throw new Error(`the database has not answered within ${DATABASE_TIMEOUT_MS} ms`)
    })
  } catch (error) {
    throw new OutageError(error as Error)
  }
}
