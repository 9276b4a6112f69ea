import type { Connection } from 'mysql2/promise'

/** One step from an older schema to a newer one. MySQL commits at each change of a table, so a step that failed halfway
 *  runs again: a step makes one change only, or may safely be repeated. */
export interface Migration {
  /** Date and subject; sorts in the order of running. Never change the name of a migration that has run. */
  name: string
  up(connection: Connection): Promise<unknown>
}
