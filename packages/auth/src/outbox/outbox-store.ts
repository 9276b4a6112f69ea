import type { Database } from '../database/database.ts'

/** A job that waits to be added to its queue. */
export interface OutboxRow {
  /** Becomes the job's id. */
  id: string
  /** Name of the queue. */
  queue: string
  jobName: string
  payload: unknown
  /** How often it could not be added for a reason of its own. */
  failures: number
}

export interface OutboxStats {
  /** Rows in the table, those that are not due yet included. */
  rows: number
  /** Age of the oldest row that is due, in seconds; 0 if there is none. */
  oldestDueSeconds: number
}

/** The outbox as its relays see it. All times are the database's, so that the clocks of the relays do not matter. */
export interface OutboxStore {
  /** Claims rows that are due, oldest first, for a time; then other relays may claim them. Rows that another relay claims
   *  at this moment are skipped. */
  claim(relayId: string, limit: number, leaseMs: number): Promise<OutboxRow[]>
  /** Removes rows that the relay has claimed. A row that another relay has claimed meanwhile stays. */
  remove(relayId: string, ids: readonly string[]): Promise<void>
  /** Gives rows back, to be claimed at once. */
  release(relayId: string, ids: readonly string[]): Promise<void>
  /** Counts a failure of a row, and puts it off. */
  postpone(relayId: string, id: string, delayMs: number): Promise<void>
  stats(): Promise<OutboxStats>
}

interface Row {
  id: string
  queue: string
  job_name: string
  payload: string
  failures: number
}

export function createOutboxStore(database: Database): OutboxStore {
  return {
    claim: (relayId, limit, leaseMs) =>
      database.transaction(async transaction => {
        const rows = await database.select<Row>(
          `SELECT id, queue, job_name, payload, failures FROM outbox WHERE due_at <= NOW(3)
           ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED`,
          [limit],
          transaction,
        )
        if (rows.length === 0) return []
        await database.change(
          'UPDATE outbox SET claimed_by = ?, due_at = NOW(3) + INTERVAL ? MICROSECOND WHERE id IN (?)',
          [relayId, leaseMs * 1_000, rows.map(({ id }) => id)],
          transaction,
        )
        return rows.map(toOutboxRow)
      }),
    async remove(relayId, ids) {
      if (ids.length === 0) return
      await database.change('DELETE FROM outbox WHERE id IN (?) AND claimed_by = ?', [ids, relayId])
    },
    async release(relayId, ids) {
      if (ids.length === 0) return
      await database.change(
        'UPDATE outbox SET claimed_by = NULL, due_at = NOW(3) WHERE id IN (?) AND claimed_by = ?',
        [ids, relayId],
      )
    },
    async postpone(relayId, id, delayMs) {
      await database.change(
        `UPDATE outbox SET claimed_by = NULL, failures = failures + 1, due_at = NOW(3) + INTERVAL ? MICROSECOND
         WHERE id = ? AND claimed_by = ?`,
        [delayMs * 1_000, id, relayId],
      )
    },
    async stats() {
      const [row] = await database.select<{ total: number; oldest: number | null }>(
        `SELECT COUNT(*) AS total,
           MAX(CASE WHEN due_at <= NOW(3) THEN TIMESTAMPDIFF(SECOND, created_at, NOW(3)) END) AS oldest
         FROM outbox`,
      )
      return { rows: Number(row?.total ?? 0), oldestDueSeconds: Number(row?.oldest ?? 0) }
    },
  }
}

function toOutboxRow({ id, queue, job_name, payload, failures }: Row): OutboxRow {
  return { id, queue, jobName: job_name, payload: JSON.parse(payload), failures }
}
