import { WorkerKitError } from '../../errors.ts'

/** A table, and the schema or database that it is in if that is not the connection's. */
export interface TableName {
  schema: string | undefined
  table: string
}

export const DEFAULT_TABLE = 'jackalope_outbox'

/** PostgreSQL cuts names after 63 bytes, without an error; ours get endings. */
const PART = /^[A-Za-z_][A-Za-z0-9_]{0,49}$/

/** Reads the name of a table: `name` or `schema.name`. Names go into statements, so they are letters, digits and `_` only.
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` */
export function parseTableName(name: string = DEFAULT_TABLE): TableName {
  const parts = String(name).split('.')
  if (parts.length > 2 || !parts.every(part => PART.test(part)))
    throw new WorkerKitError(
      'ERR_INVALID_DEFINITION',
      `table: expected a name of at most 50 letters, digits and "_", with or without a schema before it ("app.jobs"), got "${name}"`,
    )
  const table = parts.at(-1) as string
  return { schema: parts.length === 2 ? parts[0] : undefined, table }
}
