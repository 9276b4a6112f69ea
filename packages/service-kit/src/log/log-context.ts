import { AsyncLocalStorage } from 'node:async_hooks'

export type LogFields = Readonly<Record<string, string | number>>

const storage = new AsyncLocalStorage<LogFields>()

/** Runs a function so that every line logged within it, however deep, bears these fields too:
 *  `withLogFields({ jobId }, () => convert(job))`. Inner fields join the outer ones. */
export function withLogFields<T>(fields: LogFields, run: () => T): T {
  return storage.run({ ...storage.getStore(), ...fields }, run)
}

export function currentLogFields(): LogFields {
  return storage.getStore() ?? {}
}
