import type { Telemetry } from 'bullmq'
import { MAX_BODY_BYTES } from '../amqp/message.ts'
import { traceAdd } from '../broker-producer/trace-add.ts'
import {
  findFaults,
  hasMethods,
  integer,
  isObject,
  optional,
  refuseFaults,
  required,
} from '../check-options.ts'
import { WorkerKitError } from '../errors.ts'
import { definitionFaults, type JobDefinition } from '../job/define-job.ts'
import { newRow, type OutboxJobOptions } from './new-row.ts'
import type { FailedRow, OutboxStore } from './outbox-store.ts'
import { type OutboxRelay, type RelayOptions, startRelay } from './start-relay.ts'

export interface OutboxOptions<Transaction> {
  /** The table, and how to reach it: made by `sequelizeStore`, `mysql2Store`, `pgStore`, `mongodbStore` or `sqlStore`. */
  store: OutboxStore<Transaction>
  /** Largest message that the broker takes, in bytes: a larger job is refused when it is added. Integer >= 1.
   *  @default 16 MiB */
  maxMessageBytes?: number
  /** BullMQ's interface to traces: a job belongs to the trace in which it was added. @default none */
  telemetry?: Telemetry
}

export interface OutboxJob<Input> {
  data: Input
  options?: OutboxJobOptions
}

export interface OutboxJobId {
  /** A UUID (version 7), or the caller's `jobId`. */
  id: string
}

export interface OutboxStats {
  /** Jobs in the table, those with a delay included. */
  rows: number
  /** Jobs that could not be added for a reason of their own. */
  failed: number
  /** How long the first job that is due has been due, in milliseconds; 0 if none is. */
  oldestDueMs: number
}

/** Jobs that belong to transactions of a database: a job is added to its queue if, and only if, its transaction commits. */
export interface Outbox<Transaction> {
  /** Writes a job into the table, in a transaction. A relay adds the job to its queue after the commit.
   *  @param options.transaction - Sequelize: the transaction. mysql2 and pg: the connection or client on which it has begun.
   *    MongoDB: the session in which it has begun.
   *  @throws {WorkerKitError} `ERR_INVALID_PAYLOAD`, `ERR_INVALID_OPTIONS`, `ERR_NEEDS_RECORD`, `ERR_JOB_TOO_LARGE`: roll the
   *    transaction back, or commit it without the job
   *  @throws what the client throws */
  add<Input>(
    definition: JobDefinition<Input, unknown>,
    data: NoInfer<Input>,
    options: OutboxJobOptions & { transaction: Transaction },
  ): Promise<OutboxJobId>
  /** As `add`, for many jobs of one type, which keep their order: one statement writes hundreds. */
  addBulk<Input>(
    definition: JobDefinition<Input, unknown>,
    jobs: readonly OutboxJob<NoInfer<Input>>[],
    options: { transaction: Transaction },
  ): Promise<OutboxJobId[]>
  /** Makes the table if it is missing. Safe in several processes at once. */
  migrate(): Promise<void>
  /** The statements that `migrate` runs, for those who have migrations of their own. Empty for MongoDB. */
  readonly schema: readonly string[]
  /** Starts to move jobs from the table to their queues. Any number of relays, in any processes, may work on one table. */
  relay(options: RelayOptions): OutboxRelay
  /** For metrics. It counts the table's rows along an index. */
  stats(): Promise<OutboxStats>
  /** Jobs that could not be added, oldest first. They are tried again, after 1 second to 1 hour.
   *  @param options.limit - integer from 1 to 10_000. @default 100 */
  failures(options?: { limit?: number }): Promise<FailedRow[]>
  /** Has failed jobs tried again at once; gives their number.
   *  @param ids - of the jobs. @default all that have failed */
  retry(ids?: readonly string[]): Promise<number>
  /** Removes failed jobs for good; gives their number. */
  discard(ids: readonly string[]): Promise<number>
}

/** @throws {WorkerKitError} `ERR_INVALID_DEFINITION` */
export function createOutbox<Transaction>(options: OutboxOptions<Transaction>): Outbox<Transaction> {
  refuseFaults('createOutbox', findFaults(options, rules))
  const { store, telemetry, maxMessageBytes = MAX_BODY_BYTES } = options
  const relays = new Set<OutboxRelay>()
  /** One function for each queue, so that a transaction calls it once however many jobs it adds. */
  const wakers = new Map<string, () => void>()

  function wakeAfterCommit(queue: string, transaction: Transaction) {
    let wake = wakers.get(queue)
    if (!wake) {
      wake = () => {
        for (const relay of relays) relay.wake(queue)
      }
      wakers.set(queue, wake)
    }
    store.afterCommit(transaction, wake)
  }

  async function write<Input>(
    definition: JobDefinition<Input, unknown>,
    jobs: readonly OutboxJob<Input>[],
    { transaction, metadata }: { transaction: Transaction; metadata: string | undefined },
  ): Promise<OutboxJobId[]> {
    const fault = store.transactionFault(transaction)
    if (fault !== undefined)
      throw new WorkerKitError(
        'ERR_INVALID_OPTIONS',
        `Job "${definition.name}" was not added: transaction: ${fault}. Give the transaction that the job belongs to.`,
      )
    const limits = { maxMessageBytes, metadata }
    const rows = await Promise.all(jobs.map(job => newRow(definition, job.data, job.options ?? {}, limits)))
    if (rows.length === 0) return []
    await store.insert(rows, transaction)
    wakeAfterCommit(definition.name, transaction)
    return rows.map(({ jobId }) => ({ id: jobId }))
  }

  return {
    schema: store.schema,
    migrate: () => store.migrate(),
    async add(definition, data, given) {
      refuseFaults('add', definitionFaults(definition))
      const { name } = definition
      const { transaction, ...options } = (given ?? {}) as typeof given
      const trace = { operation: 'add', queue: name, destination: `${name}.${name}` } as const
      return traceAdd(telemetry, trace, async metadata => {
        const [added] = await write(definition, [{ data, options }], { transaction, metadata })
        return added as OutboxJobId
      })
    },
    async addBulk(definition, jobs, given) {
      refuseFaults('addBulk', definitionFaults(definition))
      const { name } = definition
      const { transaction } = (given ?? {}) as typeof given
      const trace = { operation: 'addBulk', queue: name, destination: name } as const
      return traceAdd(telemetry, trace, metadata => write(definition, jobs, { transaction, metadata }))
    },
    relay(relayOptions) {
      const relay = startRelay(store, relayOptions, () => relays.delete(relay))
      relays.add(relay)
      return relay
    },
    async stats() {
      const [counts, [first]] = await Promise.all([store.counts(), store.queues()])
      return { ...counts, oldestDueMs: Math.max(0, Math.round(-(first?.dueInMs ?? 0))) }
    },
    failures: async ({ limit = 100 } = {}) => {
      refuseFaults('failures', findFaults({ limit }, { limit: integer(1, 10_000) }))
      return store.failedRows(limit)
    },
    async retry(ids) {
      refuseFaults('retry', findFaults({ ids }, { ids: optional('a list of ids', isListOfTexts) }))
      const count = await store.retryFailed(ids)
      for (const relay of relays) relay.look()
      return count
    },
    async discard(ids) {
      // Without ids a store takes all failed rows; of a text it might take each character for an id.
      refuseFaults('discard', findFaults({ ids }, { ids: required('a list of ids', isListOfTexts) }))
      return store.discardFailed(ids)
    },
  }
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(each => typeof each === 'string')
}

const rules = {
  store: required('a store, made by sequelizeStore, mysql2Store, pgStore, mongodbStore or sqlStore', value =>
    hasMethods(value, 'insert', 'dueRows', 'takeLease', 'remove'),
  ),
  maxMessageBytes: integer(1),
  telemetry: optional("an implementation of BullMQ's Telemetry", isObject),
}
