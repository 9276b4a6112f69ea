import { type KeysMap, QueueKeys } from 'bullmq'

/** Redis keys of our own beside BullMQ's: in the same hash slot, and known to its housekeeping. */
const ownKeys = [
  /** Hash: the last stamp given out (R1), by which server, and what is not known of (R7): see `clock.lua`. */
  'clock',
  /** Hash: a worker's id, and on which connection to Redis it lives (R8). */
  'owners',
  /** Sorted set: ids of the jobs that were recorded from their message, by stamp (R7). */
  'recorded',
  /** Sorted set: stamps of dead letters whose job has run again since, by the stamp that it then got (R9). */
  'moved-on',
  /** No key but a channel: jobs that somebody cancels while they run. */
  'canceled',
  /** Only exist inside one run of a script. */
  'none',
  'scratch',
  'scratch-set',
] as const

export function queueKeys(prefix: string | undefined, queueName: string): KeysMap {
  const bullmqKeys = new QueueKeys(prefix)
  const keys = bullmqKeys.getKeys(queueName)
  for (const key of ownKeys) keys[key] = bullmqKeys.toKey(queueName, key)
  return keys
}

/** A key by its name. @throws {Error} for a name that is not in the map. */
export function keyOf(keys: KeysMap, name: string): string {
  const key = keys[name]
  if (key === undefined) throw new Error(`no key is named "${name}"`)
  return key
}
