import { createOutbox, type Outbox, sequelizeStore } from '@jackalope/worker-kit/outbox'
import type { Sequelize, Transaction } from 'sequelize'

/** Adds jobs in transactions of auth's database: a job whose transaction rolls back is never added to its queue, one whose
 *  transaction commits always is, even if this process dies at once. */
export type AuthOutbox = Outbox<Pick<Transaction, 'afterCommit'>>

export function createAuthOutbox(sequelize: Sequelize): AuthOutbox {
  return createOutbox({ store: sequelizeStore(sequelize, { table: outboxTable }) })
}

/** Made by the migration `worker-kit-outbox`. */
export const outboxTable = 'jobs_outbox'
