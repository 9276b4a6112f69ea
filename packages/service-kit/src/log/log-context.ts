import { AsyncLocalStorage } from 'node:async_hooks'

export type LogFields = Readonly<Record<string, string | number>>

const storage = new AsyncLocalStorage<LogFields>()

/** Runs a function and adds these fields to every line that is logged within it, at any depth: `withLogFields({ jobId },
 *  () => convert(job))`. Nested calls add their fields to the outer ones. */
export function withLogFields<T>(fields: LogFields, run: () => T): T {
  return storage.run({ ...storage.getStore(), ...fields }, run)
}

export function currentLogFields(): LogFields {
  return storage.getStore() ?? {}
}
