import { type KeysMap, QueueKeys } from 'bullmq'

/** Redis keys of our own, beside BullMQ's. They are in the same hash slot, and BullMQ's clean-up does not take them for jobs. */
const ownKeys = [
  /** Hash: the last stamp given out (R1), the server that gave it, and the gaps (R7): see `clock.lua`. */
  'clock',
  /** Hash: which connection to Redis each worker has (R8), by the worker's id. */
  'owners',
  /** Sorted set: ids of the jobs that were recorded from their messages, by stamp (R7). */
  'recorded',
  /** Sorted set: stamps of the dead letters whose jobs were put back into line, by the new stamp of the job (R9). */
  'moved-on',
  /** A channel, not a key: tells workers which of their running jobs were canceled. */
  'canceled',
  /** Never has a value. A command passes it to BullMQ in place of a key that must be empty. */
  'none',
  /** The two scratch keys exist only while a command runs. */
  'scratch',
  'scratch-set',
] as const

/** All keys of a queue: BullMQ's and ours. */
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

/** Several keys by their names, in the same order. @throws {Error} for a name that is not in the map. */
export function keysOf(keys: KeysMap, names: readonly string[]): string[] {
  return names.map(name => keyOf(keys, name))
}
