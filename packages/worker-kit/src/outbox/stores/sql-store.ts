import {
  type FailedRow,
  MAX_REASON_CHARS,
  type OutboxRow,
  type OutboxStore,
  type QueueWithRows,
} from '../outbox-store.ts'
import type { SqlClient, SqlValue } from './sql-client.ts'
import { leasesOf, mysql, postgresql, qualified } from './sql-dialects.ts'
import { parseTableName } from './table-name.ts'

export interface StoreOptions {
  /** Name of the table, with or without its schema: letters, digits and `_`, at most 50 of them. A second table, with
   *  `_leases` at its end, is beside it. @default 'jackalope_outbox' */
  table?: string
}

/** Most rows of one statement, and most characters of their payloads. */
const ROWS_OF_A_STATEMENT = 500
const CHARS_OF_A_STATEMENT = 1_000_000

/** When leases of queues that have no rows any more are removed, in microseconds. */
const OLD_LEASE_MICROS = 3_600_000_000

type Row = Record<string, unknown>

/** An outbox in MySQL, MariaDB or PostgreSQL, on any client.
 *
 *  A relay has the lease of a queue; rows are not claimed one by one. So a job costs one INSERT and one DELETE, no statement
 *  locks rows while a relay waits for the broker, and one queue's rows are published in order.
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` when the table's name is none */
export function sqlStore<Transaction>(
  client: SqlClient<Transaction>,
  options: StoreOptions = {},
): OutboxStore<Transaction> {
  const name = parseTableName(options.table)
  const dialect = client.dialect === 'mysql' ? mysql : postgresql
  const { now, nowPlusMicros, microsUntil, epochMs } = dialect
  const table = qualified(dialect.quote, name)
  const leases = qualified(dialect.quote, { ...name, table: leasesOf(name.table) })
  const schema = dialect.schema(name)
  let oldLeasesRemovedAt = Number.NEGATIVE_INFINITY

  const failedKeys = async (ids: readonly string[] | undefined) => {
    const failed = `SELECT seq FROM ${table} WHERE failures > 0`
    const rows: Row[] = ids ? [] : await client.select(failed, [])
    for (const part of inParts(ids ?? []))
      rows.push(...(await client.select(`${failed} AND job_id IN (${marks(part)})`, part)))
    return rows.map(({ seq }) => Number(seq))
  }

  async function removeOldLeases() {
    if (performance.now() - oldLeasesRemovedAt < OLD_LEASE_MICROS / 1_000) return
    oldLeasesRemovedAt = performance.now()
    await client.change(`DELETE FROM ${leases} WHERE ${microsUntil('ends_at')} < ?`, [-OLD_LEASE_MICROS])
  }

  return {
    schema,
    migrate: () => client.define(dialect.migration(schema)),
    transactionFault: transaction => client.transactionFault(transaction),
    afterCommit: (transaction, listener) => client.afterCommit?.(transaction, listener),
    async insert(rows, transaction) {
      for (const part of inParts(rows, ({ payload }) => payload.length)) {
        const row = `(?, ?, ?, ?, ?, ${now}, ${nowPlusMicros})`
        const values = part.flatMap(({ jobId, queue, payload, options, delayMs }): SqlValue[] => [
          ...[jobId, queue, payload, options, Buffer.byteLength(payload), Math.round(delayMs * 1_000)],
        ])
        await client.change(
          `INSERT INTO ${table} (job_id, queue, payload, options, size_bytes, created_at, due_at)
           VALUES ${part.map(() => row).join(', ')}`,
          values,
          transaction,
        )
      }
    },
    async queues() {
      const rows = await client.select(dialect.queues(table), [])
      return rows.map(toQueue).sort((one, other) => one.dueInMs - other.dueInMs)
    },
    async takeLease(queue, relayId, leaseMs) {
      const leaseMicros = Math.round(leaseMs * 1_000)
      const renewed = await client.change(
        `UPDATE ${leases} SET relay = ?, ends_at = ${nowPlusMicros} WHERE queue = ? AND (relay = ? OR ends_at < ${now})`,
        [relayId, leaseMicros, queue, relayId],
      )
      if (renewed > 0) return true
      // Somebody else has it, or nobody ever had.
      const made = await client.change(
        dialect.insertUnlessThere(`${leases} (queue, relay, ends_at) VALUES (?, ?, ${nowPlusMicros})`),
        [queue, relayId, leaseMicros],
      )
      return made === 1
    },
    async releaseLease(queue, relayId) {
      await client.change(`UPDATE ${leases} SET ends_at = ${now} WHERE queue = ? AND relay = ?`, [
        ...[queue, relayId],
      ])
      await removeOldLeases()
    },
    async dueRows(queue, { limit, maxBytes }) {
      const heads = await client.select(
        `SELECT seq, size_bytes FROM ${table} WHERE queue = ? AND due_at <= ${now} ORDER BY due_at, seq LIMIT ${limit}`,
        [queue],
      )
      const keys = fitting(heads, maxBytes)
      if (keys.length === 0) return []
      const rows = await client.select(
        `SELECT seq, job_id, payload, options, failures FROM ${table} WHERE seq IN (${marks(keys)})`,
        keys,
      )
      const byKey = new Map(rows.map(row => [Number(row.seq), row]))
      return keys.flatMap(key => {
        const row = byKey.get(key)
        return row ? [toOutboxRow(row, queue)] : []
      })
    },
    async remove(keys) {
      for (const part of inParts(keys))
        await client.change(`DELETE FROM ${table} WHERE seq IN (${marks(part)})`, part)
    },
    async postpone(key, { delayMs, reason }) {
      await client.change(
        `UPDATE ${table} SET failures = failures + 1, reason = ?, due_at = ${nowPlusMicros} WHERE seq = ?`,
        [reason.slice(0, MAX_REASON_CHARS), Math.round(delayMs * 1_000), key],
      )
    },
    async counts() {
      const [row] = await client.select(
        `SELECT COUNT(*) AS total, SUM(CASE WHEN failures > 0 THEN 1 ELSE 0 END) AS failed FROM ${table}`,
        [],
      )
      return { rows: Number(row?.total ?? 0), failed: Number(row?.failed ?? 0) }
    },
    async failedRows(limit) {
      const rows = await client.select(
        `SELECT job_id, queue, failures, reason, ${epochMs('created_at')} AS created_ms, ${epochMs('due_at')} AS due_ms
         FROM ${table} WHERE failures > 0 ORDER BY seq LIMIT ${limit}`,
        [],
      )
      return rows.map(toFailedRow)
    },
    // By key: a search for failed rows that changes them would lock every row that it passes.
    async retryFailed(ids) {
      let retried = 0
      for (const part of inParts(await failedKeys(ids)))
        retried += await client.change(
          `UPDATE ${table} SET due_at = ${now} WHERE failures > 0 AND seq IN (${marks(part)})`,
          part,
        )
      return retried
    },
    async discardFailed(ids) {
      let discarded = 0
      for (const part of inParts(await failedKeys(ids)))
        discarded += await client.change(
          `DELETE FROM ${table} WHERE failures > 0 AND seq IN (${marks(part)})`,
          part,
        )
      return discarded
    },
  }
}

/** Keys of the first rows whose payloads fit; the first one always does. */
function fitting(heads: readonly Row[], maxBytes: number): number[] {
  let bytes = 0
  const end = heads.findIndex(({ size_bytes }, index) => {
    bytes += Number(size_bytes)
    return bytes > maxBytes && index > 0
  })
  return heads.slice(0, end < 0 ? undefined : end).map(({ seq }) => Number(seq))
}

function toQueue({ queue, due_in_ms }: Row): QueueWithRows {
  return { queue: String(queue), dueInMs: Number(due_in_ms) }
}

function toOutboxRow({ seq, job_id, payload, options, failures }: Row, queue: string): OutboxRow {
  return {
    ...{ key: Number(seq), jobId: String(job_id), queue },
    ...{ payload: String(payload), options: String(options), failures: Number(failures) },
  }
}

function toFailedRow({ job_id, queue, failures, reason, created_ms, due_ms }: Row): FailedRow {
  return {
    ...{ id: String(job_id), queue: String(queue), failures: Number(failures), reason: String(reason) },
    createdAt: new Date(Number(created_ms)),
    dueAt: new Date(Number(due_ms)),
  }
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ')
}

/** Parts for one statement each: of at most 500, and of so many characters that packets stay below the servers' limits. */
function inParts<T>(all: readonly T[], length: (one: T) => number = () => 0): T[][] {
  const parts: T[][] = []
  let room = 0
  for (const one of all) {
    room -= length(one)
    const last = parts.at(-1)
    if (last && room >= 0 && last.length < ROWS_OF_A_STATEMENT) last.push(one)
    else {
      parts.push([one])
      room = CHARS_OF_A_STATEMENT - length(one)
    }
  }
  return parts
}
