import { luaCommand } from '../command.ts'
import { keyOf, keysOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'

const keyNames = ['completed', 'failed', 'delayed', 'waiting-children']
const run = luaCommand('read-jobs', keyNames.length)

/** Jobs that one call reads: a script must not hold Redis for long. */
const BATCH_SIZE = 200

/** Where a job stands. `waiting`: also with a priority, or with its queue paused. `unreadable`: what Redis has is no job. */
export type JobState =
  | 'waiting'
  | 'waiting-children'
  | 'delayed'
  | 'active'
  | 'completed'
  | 'failed'
  | 'unreadable'

/** A job and its state at one moment. Times are in milliseconds since the epoch. */
export interface SeenJob {
  readonly id: string
  readonly state: JobState
  readonly data: unknown
  readonly options: Readonly<Record<string, unknown>>
  /** As the handler reported it last; 0 at first. */
  readonly progress: unknown
  readonly attemptsMade: number
  readonly addedAt: number | undefined
  /** When its last attempt started. */
  readonly startedAt: number | undefined
  /** When it completed or failed for good. */
  readonly finishedAt: number | undefined
  /** Why its last attempt failed. */
  readonly failedReason: string | undefined
  /** Of each failed attempt, the last at the end. */
  readonly stacktraces: readonly string[]
  readonly result: unknown
}

/** Reads jobs in one command per 200, in the order of their ids; `undefined` where Redis knows none. */
export async function readJobs(queue: RedisQueue, ids: readonly string[]): Promise<(SeenJob | undefined)[]> {
  const client = await queue.client()
  const keys = keysOf(queue.keys, keyNames)
  const jobs: (SeenJob | undefined)[] = []
  for (let from = 0; from < ids.length; from += BATCH_SIZE) {
    const batch = ids.slice(from, from + BATCH_SIZE)
    const reply = (await run(client, keys, [keyOf(queue.keys, ''), ...batch])) as (string[] | null)[]
    for (const [index, id] of batch.entries()) jobs.push(toJob(id, reply[index] ?? undefined))
  }
  return jobs
}

type Text = string | null | undefined

function toJob(id: string, reply: Text[] | undefined): SeenJob | undefined {
  if (!reply) return undefined
  const [state, data, opts, progress, made, added, started, finished, reason, traces, returned] = reply
  if (state === 'unreadable') return unreadable(id)
  try {
    const parsed = { data: parse(data), options: parse(opts) ?? {}, stacktraces: parse(traces) ?? [] }
    if (typeof parsed.options !== 'object' || !Array.isArray(parsed.stacktraces))
      throw new TypeError('no job')
    return {
      id,
      state: state as JobState,
      data: parsed.data,
      options: parsed.options as SeenJob['options'],
      progress: parse(progress) ?? 0,
      attemptsMade: toNumber(made) ?? 0,
      addedAt: toNumber(added),
      startedAt: toNumber(started),
      finishedAt: toNumber(finished),
      failedReason: reason || undefined,
      stacktraces: parsed.stacktraces.map(String),
      result: parse(returned),
    }
  } catch {
    return unreadable(id)
  }
}

/** One damaged record must not hide the other jobs. */
function unreadable(id: string): SeenJob {
  return {
    id,
    state: 'unreadable',
    data: undefined,
    options: {},
    progress: 0,
    attemptsMade: 0,
    addedAt: undefined,
    startedAt: undefined,
    finishedAt: undefined,
    failedReason: undefined,
    stacktraces: [],
    result: undefined,
  }
}

function parse(text: Text): unknown {
  return text === null || text === undefined || text === '' ? undefined : JSON.parse(text)
}

function toNumber(text: Text): number | undefined {
  if (!text) return undefined
  const number = Number(text)
  if (!Number.isFinite(number)) throw new TypeError(`expected a number, got "${text}"`)
  return number
}
