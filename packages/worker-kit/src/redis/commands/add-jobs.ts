import { splitArguments } from '../bullmq-scripts.ts'
import { type CommandRunner, luaCommand } from '../command.ts'
import type { KnownClocks } from '../known-clocks.ts'

/** A job that may run at once. */
export interface JobToAdd {
  /** BullMQ's of `addStandardJob`: keys, then arguments. */
  args: unknown[]
  /** Id that the caller wants; "" for the next number. */
  wantedId: string
  /** Whether the job must run before the jobs that were added earlier. */
  lifo: boolean
}

/** BullMQ's 9, the clock, the marker, the owners. */
const run = luaCommand('add-jobs', 12)

/** Adds jobs to one queue and stamps them (R4, R5), in place of BullMQ's `addStandardJob`.
 *  @param runner - a transaction gives the reply in the result of its `exec`: see `resultInTransaction`
 *  @returns for each job what `parseAdded` reads, a negative error code of BullMQ, or the text of an error */
export function addJobs(runner: CommandRunner, jobs: JobToAdd[], clocks: KnownClocks): Promise<unknown> {
  // A flow adds to several queues: the keys tell to which.
  const { keys } = splitArguments('addStandardJob', (jobs[0] as JobToAdd).args)
  const prefix = (keys[0] as string).slice(0, -'wait'.length)
  const clock = `${prefix}clock`
  // BullMQ sets the marker that it gets. Our workers need none for these jobs, so BullMQ gets a key that nobody watches.
  keys[8] = `${prefix}scratch`
  const args: unknown[] = [clocks.note(clock), prefix]
  for (const { args: bullmqArgs, wantedId, lifo } of jobs)
    args.push(wantedId, lifo ? '1' : '0', ...splitArguments('addStandardJob', bullmqArgs).argv)
  return run(runner, [...keys, clock, `${prefix}marker`, `${prefix}owners`], args)
}

/** What became of one added job. */
export interface Added {
  readonly id: string
  /** Stamp of the message to publish; none when the job cannot start yet, or runs already. */
  readonly stamp: string | undefined
  readonly isDuplicate: boolean
}

/** Reads the reply for one job: this command's { id, stamp, created }, or the id alone that `addIneligibleJob` gives. */
export function parseAdded(reply: unknown): Added {
  if (!Array.isArray(reply)) return { id: String(reply), stamp: undefined, isDuplicate: false }
  const [id, stamp, created] = reply as [string, string, number]
  return { id, stamp: stamp === '' ? undefined : stamp, isDuplicate: created === 0 }
}

/** What a transaction gives for one added job. This command can add many jobs, and so replies with a list of one.
 *  @throws {Error} when Redis could not add the job */
export function resultInTransaction(reply: unknown): unknown {
  if (!Array.isArray(reply)) return reply
  const [result] = reply
  if (typeof result === 'string') throw new Error(result)
  return result
}
