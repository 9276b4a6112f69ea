import type { z } from 'zod'
import { ConfigError } from './config-error.ts'
import { type Environment, givenValue } from './given-value.ts'

/** Reads the variables that the schema names and ignores all others. An empty variable counts as not set: Compose and
 *  shells pass on missing variables that way. `NAME_FILE` names a file that holds the value of `NAME`, as with the
 *  secrets of container images.
 *  @returns the parsed values, frozen
 *  @throws {ConfigError} with all faults */
export function readConfig<Schema extends z.ZodObject>(
  schema: Schema,
  env: Environment,
): Readonly<z.output<Schema>> {
  const given: Record<string, string> = {}
  const fileFaults = new Map<string, string>()
  for (const name of Object.keys(schema.shape)) {
    try {
      const value = givenValue(name, env)
      if (value) given[name] = value
    } catch (fault) {
      fileFaults.set(name, (fault as Error).message)
    }
  }
  const parsed = schema.safeParse(given)
  // A variable whose file cannot be read is not reported as missing as well.
  const issues = (parsed.error?.issues ?? []).filter(({ path }) => !fileFaults.has(String(path[0])))
  const faults = [...fileFaults.values(), ...issues.map(describeIssue)]
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults)
  return Object.freeze(parsed.data)
}

function describeIssue({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`
}
