import { randomUUID } from 'node:crypto'
import type { JobDefinition } from '@jackalope/worker-kit/job'
import type { Transaction } from 'sequelize'
import type { Database } from '../database/database.ts'

export interface EnqueueOptions {
  /** How long the job stays in the table before it is added to its queue, in milliseconds. @default 0 */
  delayMs?: number
}

/** Adds jobs in a transaction of the database: a job whose transaction rolls back is never added to its queue, one whose
 *  transaction commits always is, even if this process dies at once. */
export interface Outbox {
  /** Writes the job's row; gives its id, which becomes the job's id.
   *  @throws {TypeError} when the payload does not fit the definition: the transaction is to be rolled back */
  enqueue<Input>(
    transaction: Transaction,
    definition: Pick<JobDefinition<Input, unknown>, 'name' | 'input'>,
    payload: NoInfer<Input>,
    options?: EnqueueOptions,
  ): Promise<string>
}

/** @param onCommit - called after each commit that leaves a job to be added: wakes the relay of this process */
export function createOutbox(database: Pick<Database, 'change'>, onCommit: () => void): Outbox {
  return {
    async enqueue(transaction, { name, input }, payload, { delayMs = 0 } = {}) {
      const { issues } = await input['~standard'].validate(payload)
      if (issues) throw new TypeError(`The payload does not fit the job ${name}: ${issues[0]?.message}`)
      const id = randomUUID()
      await database.change(
        `INSERT INTO outbox (id, queue, job_name, payload, created_at, due_at)
         VALUES (?, ?, ?, ?, NOW(3), NOW(3) + INTERVAL ? MICROSECOND)`,
        [id, name, name, JSON.stringify(payload), delayMs * 1_000],
        transaction,
      )
      transaction.afterCommit(onCommit)
      return id
    },
  }
}
