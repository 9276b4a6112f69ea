import type { Connection } from 'mysql2/promise'

/** One step from an older shape of the tables to a newer one. MySQL ends a transaction at each change of a table, so
 *  a step that failed halfway runs again: it makes one change, or can bear being repeated. */
export interface Migration {
  /** Date and subject, in the order of running. Never changed once it has run anywhere. */
  name: string
  up(connection: Connection): Promise<unknown>
}
