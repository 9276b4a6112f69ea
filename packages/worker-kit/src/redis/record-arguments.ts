import { type KeysMap, optsEncodeMap } from 'bullmq'
import type { JobBody } from '../amqp/job-body.ts'
import type { JobClaim } from '../amqp/message.ts'
import { keyOf } from './queue-keys.ts'

/** Keys of `record.lua`. */
export function recordKeys(keys: KeysMap): string[] {
  return [
    ...['wait', 'paused', 'meta', 'id', 'completed', 'delayed', 'active', 'events', 'scratch'],
    ...['clock', 'recorded', 'prioritized', 'failed', 'waiting-children', 'pc', 'repeat'],
  ].map(name => keyOf(keys, name))
}

/** Arguments of `record.lua`. */
export function recordArguments(prefix: string, { id, stamp }: JobClaim, job: JobBody): string[] {
  const { name, timestamp, parentKey, parent, repeatJobKey, deduplicationId, attemptsMade, opts } = job
  const ttl = (opts.deduplication as { ttl?: number } | undefined)?.ttl
  const fields = {
    name,
    timestamp,
    parentKey,
    parent,
    repeatJobKey,
    deduplication: deduplicationId === undefined ? undefined : { id: deduplicationId, ttl },
    attemptsMade,
  }
  return [prefix, id, stamp, JSON.stringify(fields), job.data, JSON.stringify(storedOptions(opts))]
}

/** As BullMQ stores them: some under short names. */
function storedOptions({ telemetry, ...opts }: Record<string, unknown>): object {
  const shortNames: Record<string, string> = optsEncodeMap
  const { metadata, omitContext } = (telemetry ?? {}) as { metadata?: string; omitContext?: boolean }
  const stored = Object.entries(opts).map(([name, value]) => [shortNames[name] ?? name, value])
  return { ...Object.fromEntries(stored), tm: metadata, omc: omitContext }
}
