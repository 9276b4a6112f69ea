import { monotonicMs } from '../../real-timers.ts'
import { luaCommand, type Run } from '../command.ts'
import { type JobToRecord, storedOptions } from './record-job.ts'

/** A job that is recorded when it starts. */
export interface NewJob {
  readonly job: JobToRecord
  /** When the worker got the job's message, by `monotonicMs`. */
  readonly receivedAt: number
}

/** Keys that follow those of `finish-and-start-jobs`. */
export const newJobKeyNames = ['id', 'clock', 'recorded']

/** Makes the command, which takes the arguments of `finish-and-start-jobs`.
 *  @param keyCount - of `finish-and-start-jobs` */
export function newJobsCommand(keyCount: number): Run {
  return luaCommand('finish-and-start-new-jobs', keyCount + newJobKeyNames.length)
}

/** Adds what the start of a new job needs besides.
 *  @returns the fields that the job is recorded with */
export function pushNewJob(args: unknown[], { job, receivedAt }: NewJob): string[] {
  const { name, timestamp, data, opts } = job
  const [addedAt, options] = [String(timestamp), JSON.stringify(storedOptions(opts))]
  args.push(Math.floor(monotonicMs() - receivedAt), name, addedAt, data, options)
  return ['name', name, 'data', data, 'opts', options, 'timestamp', addedAt, 'delay', '0', 'priority', '0']
}

/** The hash of a job that was recorded as it started: Redis need not send back what it has just got.
 *  @param now - when it started, in epoch milliseconds
 *  @param worker - name of the worker, if it has one */
export function startedHash(newHash: string[], now: number, worker?: string): string[] {
  const hash = [...newHash, 'processedOn', String(now), 'ats', '1']
  return worker ? [...hash, 'pb', worker] : hash
}
