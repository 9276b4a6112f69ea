import type { WorkerOptions } from 'bullmq'
import { requiredScripts } from '../bullmq-scripts.ts'
import { luaCommand } from '../command.ts'
import { keyOf, keysOf } from '../queue-keys.ts'
import type { QueueState } from '../queue-state.ts'
import type { RedisQueue } from '../redis-queue.ts'
import type { JobStamp } from '../stamped-job.ts'
import {
  type NewJob,
  newJobKeyNames,
  newJobsCommand,
  pushNewJob,
  startedHash,
} from './finish-and-start-new-jobs.ts'

const keyNames = [
  ...['wait', 'active', 'prioritized', 'events', 'stalled', 'limiter', 'delayed', 'paused', 'meta', 'pc'],
  ...['completed', 'failed', 'metrics:completed', 'metrics:failed', 'marker', 'none', 'scratch'],
]
const run = luaCommand('finish-and-start-jobs', keyNames.length)
const runWithNewJobs = newJobsCommand(keyNames.length)

/** What BullMQ needs to know of the worker that starts a job. */
export type WorkerSettings = Pick<WorkerOptions, 'lockDuration' | 'limiter' | 'name' | 'maxStalledCount'>

/** A delivery whose job is to start. */
export interface StartRequest extends JobStamp {
  /** Lock token of the job, if it starts. */
  readonly token: string
  /** The job, if its delivery has no stamp: nobody has recorded it. */
  readonly newJob?: NewJob
}

/** Why a delivery is not the current one of its job (R2). `removed`: Redis has no such job. `unstamped`: the job has no
 *  stamp now. `superseded`: it has another stamp. `not waiting`: it has this stamp, and neither waits nor runs. Of a delivery without
 *  a stamp: `known`: its job has, or had, a record; `drained`: the queue was drained while the worker held it. */
export type StaleReason = 'removed' | 'unstamped' | 'superseded' | 'not waiting' | 'known' | 'drained'

/** What became of a delivery. `active` and `blocked`: with the stamp that the job got, if it was recorded only now. `blocked`: the job cannot start now, so keep the delivery; `rateLimitMs` is 0 if no rate limit
 *  is the reason. `running`: the job is active already, under this stamp. */
export type StartReply =
  | ['active', hash: string[], recordedStamp?: string | null]
  | ['blocked', rateLimitMs: number, reason: 'limited' | 'maxed' | 'paused', recordedStamp?: string | null]
  | ['running']
  | ['stale', reason: StaleReason]

/** An error in one job does not stop the others. */
export interface FinishedAndStarted {
  /** BullMQ's result for each finish: 0, or a negative code. */
  finished: (number | Error)[]
  /** The reply for each start. */
  started: (StartReply | Error)[]
  /** If it was asked for, or a job did not start. */
  state: QueueState | undefined
}

/** Finishes jobs, then starts jobs whose deliveries are at hand, in one call (R2, R3).
 *  @param work.finishes - BullMQ's arguments of `moveToFinished` for each job: keys, then arguments
 *  @param work.asksState - whether to tell the queue's state: a tenth of what a call for one job costs */
export async function finishAndStartJobs(
  queue: RedisQueue,
  { lockDuration, limiter, name }: WorkerSettings,
  { finishes, starts, asksState }: { finishes: unknown[][]; starts: StartRequest[]; asksState: boolean },
): Promise<FinishedAndStarted> {
  const client = await queue.client()
  const prefix = keyOf(queue.keys, '')
  const now = Date.now()
  const args: unknown[] = [
    prefix,
    now,
    JSON.stringify({ lockDuration, limiter, name, hadClock: withClock.has(queue.keys) || undefined }),
    finishes.length,
    starts.length,
    asksState ? '1' : '0',
  ]
  for (const finish of finishes) pushFinish(args, finish)
  const newHashes = starts.map(start => pushStart(args, start))
  const hasNewJobs = newHashes.some(hash => hash)
  const { keys, withNewJobs } = keysFor(queue, prefix)
  const reply = await (hasNewJobs ? runWithNewJobs(client, withNewJobs, args) : run(client, keys, args))
  if (hasNewJobs) withClock.add(queue.keys)
  const [finished, started, needsPump, waiting] = reply as [
    (number | string)[],
    (StartReply | ['error', text: string])[],
    needsPump?: number,
    waiting?: number,
  ]
  return {
    finished: finished.map(result => (typeof result === 'number' ? result : new Error(result))),
    started: started.map((result, i) => {
      if (result[0] === 'error') return new Error(result[1])
      const newHash = newHashes[i]
      if (result[0] !== 'active' || !newHash) return result
      return ['active', startedHash(newHash, now, name), result[2]]
    }),
    state: waiting === undefined ? undefined : { needsPump: needsPump === 1, waiting },
  }
}

/** When a job finishes, in epoch milliseconds.
 *  @param finish - BullMQ's arguments of `moveToFinished` */
export function finishedOnOf(finish: unknown[]): number {
  return finish[requiredScripts.moveToFinished + 1] as number
}

/** Adds what one finish needs. Its keys, and the key prefix, are the same for all jobs of the queue. */
function pushFinish(args: unknown[], finish: unknown[]): void {
  const at = requiredScripts.moveToFinished
  // Id, timestamp, property, value, target; then options and fields to update.
  args.push(finish[at], finish[at + 1], finish[at + 2], finish[at + 3], finish[at + 4])
  args.push(finish[at + 7], finish[at + 8] ?? '')
}

/** Adds what one start needs.
 *  @returns the fields that a new job is recorded with */
function pushStart(args: unknown[], { id, stamp, token, newJob }: StartRequest): string[] | undefined {
  args.push(id, stamp, token)
  return newJob && pushNewJob(args, newJob)
}

/** Queues that have a clock since a job was recorded here. If one has none later, Redis was flushed. */
const withClock = new WeakSet<RedisQueue['keys']>()

interface KeyLists {
  readonly keys: string[]
  readonly withNewJobs: string[]
}

/** The keys of each queue, made once: no other command is called as often. */
const keyLists = new WeakMap<RedisQueue['keys'], KeyLists>()

function keysFor({ keys: map }: RedisQueue, prefix: string): KeyLists {
  let lists = keyLists.get(map)
  if (!lists) {
    // BullMQ's map has no keys of metrics.
    const keys = keyNames.map(name => (name.startsWith('metrics:') ? `${prefix}${name}` : keyOf(map, name)))
    lists = { keys, withNewJobs: [...keys, ...keysOf(map, newJobKeyNames)] }
    keyLists.set(map, lists)
  }
  return lists
}
