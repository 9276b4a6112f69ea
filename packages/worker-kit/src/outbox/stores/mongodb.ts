import type { ClientSession, Collection, Db } from 'mongodb'
import { expectedGot, hasMethods, refuseFaults } from '../../check-options.ts'
import { type FailedRow, MAX_REASON_CHARS, type OutboxRow, type OutboxStore } from '../outbox-store.ts'
import { createRowId } from '../row-id.ts'
import { CommitListeners } from './commit-listeners.ts'
import { leasesOf } from './sql-dialects.ts'
import type { StoreOptions } from './sql-store.ts'
import { parseTableName } from './table-name.ts'

/** What the outbox needs of a database of MongoDB's driver. */
export interface MongodbDatabase {
  collection(name: string, options?: object): unknown
  command(command: object): Promise<object>
}

/** What the outbox needs of a session of MongoDB's driver. */
export interface MongodbSession {
  inTransaction(): boolean
  once(event: 'ended', listener: () => void): unknown
}

interface RowDocument {
  /** Sorts by the time at which this process made it, and then by the order of the calls. */
  _id: string
  jobId: string
  queue: string
  payload: string
  options: string
  createdAt: Date
  dueAt: Date
  failures: number
  reason?: string
}

interface LeaseDocument {
  /** Name of the queue. */
  _id: string
  relay: string
  endsAt: Date
}

/** When leases of queues that have no rows any more are removed, in seconds. */
const OLD_LEASE_SECONDS = 3_600
const DUPLICATE_KEY = 11_000

/** An outbox in MongoDB, a replica set or sharded: others have no transactions. A transaction is the session in which it
 *  has begun. When the session ends, the relays of this process wake.
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` */
export function mongodbStore(
  database: MongodbDatabase,
  options: StoreOptions = {},
): OutboxStore<MongodbSession> {
  refuseFaults(
    'mongodbStore',
    hasMethods(database, 'collection', 'command')
      ? []
      : [`database: ${expectedGot("a database of MongoDB's driver", database)}`],
  )
  const { table } = parseTableName(options.table)
  const db = database as unknown as Db
  // What a failover may undo must not be published.
  const safely = {
    readPreference: 'primary',
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority' },
  } as const
  const rows: Collection<RowDocument> = db.collection(table, safely)
  const leases: Collection<LeaseDocument> = db.collection(leasesOf(table), safely)
  const listeners = new CommitListeners()
  const now = async () => ((await db.command({ hello: 1 })) as { localTime: Date }).localTime

  return {
    schema: [],
    async migrate() {
      await rows.createIndex({ queue: 1, dueAt: 1, _id: 1 }, { name: 'due' })
      await rows.createIndex(
        { failures: 1, _id: 1 },
        { name: 'failed', partialFilterExpression: { failures: { $gt: 0 } } },
      )
      await leases.createIndex({ endsAt: 1 }, { name: 'old', expireAfterSeconds: OLD_LEASE_SECONDS })
    },
    transactionFault(value) {
      if (!hasMethods(value, 'inTransaction', 'once'))
        return expectedGot("a session of MongoDB's driver", value)
      return (value as MongodbSession).inTransaction() ? undefined : 'the session has no transaction'
    },
    async insert(added, transaction) {
      await rows.bulkWrite(
        added.map(({ delayMs, ...row }) => ({
          // An update by a pipeline knows the server's time; an insert does not.
          updateOne: {
            filter: { _id: createRowId() },
            update: [
              {
                $set: {
                  ...Object.fromEntries(
                    Object.entries(row).map(([name, text]) => [name, { $literal: text }]),
                  ),
                  createdAt: '$$NOW',
                  dueAt: { $add: ['$$NOW', delayMs] },
                  failures: 0,
                },
              },
            ],
            upsert: true,
          },
        })),
        { session: transaction as ClientSession },
      )
    },
    afterCommit(transaction, listener) {
      if (listeners.add(transaction, listener)) transaction.once('ended', () => listeners.call(transaction))
    },
    async queues() {
      const [heads, time] = await Promise.all([
        rows
          .aggregate<{ _id: string; dueAt: Date }>([
            { $sort: { queue: 1, dueAt: 1 } },
            { $group: { _id: '$queue', dueAt: { $first: '$dueAt' } } },
          ])
          .toArray(),
        now(),
      ])
      return heads
        .map(({ _id, dueAt }) => ({ queue: _id, dueInMs: dueAt.getTime() - time.getTime() }))
        .sort((one, other) => one.dueInMs - other.dueInMs)
    },
    async takeLease(queue, relayId, leaseMs) {
      const time = await now()
      try {
        await leases.updateOne(
          { _id: queue, $or: [{ relay: relayId }, { endsAt: { $lte: time } }] },
          { $set: { relay: relayId, endsAt: new Date(time.getTime() + leaseMs) } },
          { upsert: true },
        )
        return true
      } catch (error) {
        // Another relay's lease does not fit the filter, so a second one was to be inserted.
        if ((error as { code?: unknown }).code === DUPLICATE_KEY) return false
        throw error
      }
    },
    async releaseLease(queue, relayId) {
      await leases.updateOne({ _id: queue, relay: relayId }, { $set: { endsAt: await now() } })
    },
    async dueRows(queue, { limit, maxBytes }) {
      const found = rows
        .find({ queue, dueAt: { $lte: await now() } })
        .sort({ dueAt: 1, _id: 1 })
        .limit(limit)
      const due: OutboxRow[] = []
      let bytes = 0
      for await (const row of found) {
        bytes += Buffer.byteLength(row.payload)
        if (bytes > maxBytes && due.length > 0) break
        due.push(toOutboxRow(row))
      }
      return due
    },
    async remove(keys) {
      await rows.deleteMany({ _id: { $in: keys as string[] } })
    },
    async postpone(key, { delayMs, reason }) {
      const dueAt = new Date((await now()).getTime() + delayMs)
      await rows.updateOne(
        { _id: key as string },
        { $inc: { failures: 1 }, $set: { dueAt, reason: reason.slice(0, MAX_REASON_CHARS) } },
      )
    },
    async counts() {
      const [all, failed] = await Promise.all([
        rows.countDocuments({}, { hint: '_id_' }),
        rows.countDocuments({ failures: { $gt: 0 } }),
      ])
      return { rows: all, failed }
    },
    async failedRows(limit) {
      const failed = await rows
        .find({ failures: { $gt: 0 } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray()
      return failed.map(toFailedRow)
    },
    async retryFailed(ids) {
      const among = ids ? { jobId: { $in: [...ids] } } : {}
      const { matchedCount } = await rows.updateMany(
        { failures: { $gt: 0 }, ...among },
        { $set: { dueAt: await now() } },
      )
      return matchedCount
    },
    async discardFailed(ids) {
      const { deletedCount } = await rows.deleteMany({ failures: { $gt: 0 }, jobId: { $in: [...ids] } })
      return deletedCount
    },
  }
}

function toOutboxRow({ _id, jobId, queue, payload, options, failures }: RowDocument): OutboxRow {
  return { key: _id, jobId, queue, payload, options, failures }
}

function toFailedRow({ jobId, queue, failures, reason = '', createdAt, dueAt }: RowDocument): FailedRow {
  return { id: jobId, queue, failures, reason, createdAt, dueAt }
}
