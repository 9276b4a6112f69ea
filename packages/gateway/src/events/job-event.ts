import {
  conversionResult,
  isCanceled,
  type JobDeletedEvent,
  type JobProgressEvent,
  type JobState,
  type JobStateEvent,
  type ToldFailure,
} from '@jackalope/contracts'
import type { QueueEvent } from '@jackalope/worker-kit'
import { readProgress } from '../jobs/conversion-state.ts'

/** Something that happened to a conversion, as its owner hears of it. */
export type JobEvent = {
  /** Of BullMQ's event stream. */
  readonly id: string
  readonly jobId: string
  /** `undefined` if nobody knows: the record is gone. */
  readonly ownerId?: string
} & (
  | { readonly type: 'state'; readonly data: JobStateEvent }
  | { readonly type: 'progress'; readonly data: JobProgressEvent }
  | { readonly type: 'deleted'; readonly data: JobDeletedEvent }
)

const states: Readonly<Record<string, JobState>> = {
  waiting: 'waiting',
  active: 'active',
  delayed: 'delayed',
  completed: 'completed',
}

/** Translates an event of BullMQ; `undefined` for one that tells the owner nothing.
 *  @param failure - why the job failed, for its owner */
export function toJobEvent(
  { id, name, jobId, fields }: QueueEvent,
  failure?: ToldFailure,
): JobEvent | undefined {
  if (jobId === undefined) return undefined
  const at = new Date(Number(id.split('-')[0])).toISOString()
  const state = states[name]
  if (state) return { id, jobId, type: 'state', data: { id: jobId, state, at, ...readResult(fields) } }
  switch (name) {
    case 'failed': {
      const canceled = isCanceled(fields.failedReason ?? '')
      const { text: error, explanation } = failure ?? {}
      const state = canceled ? 'canceled' : 'failed'
      const data: JobStateEvent = { id: jobId, state, at, error, explanation }
      return { id, jobId, type: 'state', data }
    }
    case 'progress': {
      const { percent, stage, waitForUs } = readProgress(parse(fields.data))
      const data = { id: jobId, progress: percent, stage, waitingForUs: waitForUs }
      return { id, jobId, type: 'progress', data }
    }
    case 'removed':
      return { id, jobId, type: 'deleted', data: { id: jobId } }
    default:
      return undefined
  }
}

function readResult({ returnvalue }: QueueEvent['fields']) {
  const result = conversionResult.safeParse(parse(returnvalue))
  return result.success ? { result: result.data } : {}
}

function parse(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? 'null')
  } catch {
    return undefined
  }
}
