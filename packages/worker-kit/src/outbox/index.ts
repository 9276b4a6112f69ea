/** Jobs that belong to the transactions of a database. Nothing here loads bullmq, ioredis or a database's client. */
export { WorkerKitError, type WorkerKitErrorCode } from '../errors.ts'
export type { OutboxJobOptions } from './new-row.ts'
export {
  createOutbox,
  type Outbox,
  type OutboxJob,
  type OutboxJobId,
  type OutboxOptions,
  type OutboxStats,
} from './outbox.ts'
export type {
  FailedRow,
  NewRow,
  OutboxRow,
  OutboxStore,
  QueueWithRows,
  RowCounts,
  RowKey,
} from './outbox-store.ts'
export type { OutboxRelay, RelayOptions } from './start-relay.ts'
export { type MongodbDatabase, type MongodbSession, mongodbStore } from './stores/mongodb.ts'
export { type Mysql2Connection, type Mysql2Pool, mysql2Store } from './stores/mysql2.ts'
export { type PgClient, type PgPool, pgStore } from './stores/pg.ts'
export { type SequelizeLike, type SequelizeTransactionLike, sequelizeStore } from './stores/sequelize.ts'
export type { SqlClient, SqlValue } from './stores/sql-client.ts'
export { type StoreOptions, sqlStore } from './stores/sql-store.ts'
