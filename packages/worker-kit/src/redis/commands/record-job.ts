import { optsEncodeMap } from 'bullmq'
import { luaCommand } from '../command.ts'
import { keyOf, keysOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'
import type { JobStamp } from '../stamped-job.ts'

const keyNames = [
  ...['wait', 'paused', 'meta', 'id', 'completed', 'delayed', 'active', 'events', 'scratch'],
  ...['clock', 'recorded', 'prioritized', 'failed', 'waiting-children', 'pc', 'repeat'],
]
const run = luaCommand('record-job', keyNames.length)

/** A job as its message carries it. */
export interface JobToRecord {
  readonly name: string
  /** JSON. */
  readonly data: string
  readonly opts: Record<string, unknown>
  /** When the job was added, in epoch milliseconds. */
  readonly timestamp: number
  readonly parentKey?: string
  readonly parent?: object
  readonly repeatJobKey?: string
  readonly deduplicationId?: string
  readonly attemptsMade?: number
}

/** What became of a message. `start`: the delivery now stands for the job with this id and stamp. `drop`: the message is of
 *  no use. `known` and `bogus`: Redis did not lose the job, as `StampVerdict` says. */
export type RecordOutcome =
  | { outcome: 'start'; id: string; stamp: string }
  | { outcome: 'drop'; reason: string }
  | { outcome: 'known' | 'bogus' }

/** Records a job from its message (R7): Redis has lost the job, or its producer speaks AMQP only.
 *  @param message.stamp - "" for a message that never had a stamp */
export async function recordJob(
  queue: RedisQueue,
  { id, stamp }: JobStamp,
  job: JobToRecord,
): Promise<RecordOutcome> {
  const { keys } = queue
  const reply = await run(await queue.client(), keysOf(keys, keyNames), [
    keyOf(keys, ''),
    id,
    stamp,
    JSON.stringify(storedFields(job)),
    job.data,
    JSON.stringify(storedOptions(job.opts)),
  ])
  const [outcome, ...details] = reply as
    | ['start', id: string, stamp: string]
    | ['drop', reason: string]
    | ['known' | 'bogus']
  if (outcome === 'start') return { outcome, id: details[0] as string, stamp: details[1] as string }
  return outcome === 'drop' ? { outcome, reason: details[0] as string } : { outcome }
}

function storedFields(job: JobToRecord): object {
  const { name, timestamp, parentKey, parent, repeatJobKey, deduplicationId, attemptsMade, opts } = job
  const ttl = (opts.deduplication as { ttl?: number } | undefined)?.ttl
  const deduplication = deduplicationId === undefined ? undefined : { id: deduplicationId, ttl }
  return { name, timestamp, parentKey, parent, repeatJobKey, deduplication, attemptsMade }
}

/** The options as BullMQ stores them: some under short names. */
export function storedOptions({ telemetry, ...opts }: Record<string, unknown>): object {
  const shortNames: Record<string, string> = optsEncodeMap
  const { metadata, omitContext } = (telemetry ?? {}) as { metadata?: string; omitContext?: boolean }
  const stored = Object.entries(opts).map(([name, value]) => [shortNames[name] ?? name, value])
  return { ...Object.fromEntries(stored), tm: metadata, omc: omitContext }
}
