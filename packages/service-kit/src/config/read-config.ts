import type { z } from 'zod'
import { ConfigError } from './config-error.ts'

/** Reads the variables that the schema names; all others are left alone. An empty variable counts as not set:
 *  that is how Compose and shells pass on what nobody gave.
 *  @returns the parsed values, frozen.
 *  @throws {ConfigError} with every fault, not only the first. */
export function readConfig<Schema extends z.ZodObject>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<z.output<Schema>> {
  const given = Object.keys(schema.shape).flatMap(name => (env[name] ? [[name, env[name]]] : []))
  const parsed = schema.safeParse(Object.fromEntries(given))
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(describeIssue))
  return Object.freeze(parsed.data)
}

function describeIssue({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`
}
