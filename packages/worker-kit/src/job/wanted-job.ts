import type { JobsOptions } from 'bullmq'
import { WorkerKitError } from '../errors.ts'

/** A job as it was to be added. */
export interface WantedJob {
  name: string
  data: unknown
  options: JobsOptions
}

/** What keeps data from being written as JSON. */
export function unwritableReason(data: unknown): string | undefined {
  try {
    const isWritable = data === undefined || JSON.stringify(data) !== undefined
    return isWritable ? undefined : 'it is a function or a symbol'
  } catch (error) {
    // Node draws the circular reference on the lines below.
    return (error as Error).message.split('\n')[0]
  }
}

export function unwritable(name: string, reason: string, cause?: Error): WorkerKitError {
  return new WorkerKitError(
    'ERR_INVALID_PAYLOAD',
    `Job "${name}" was not added: its payload cannot be written as JSON: ${reason}`,
    { cause },
  )
}

export function invalidOptions(name: string, reason: string, cause?: Error): WorkerKitError {
  return new WorkerKitError(
    'ERR_INVALID_OPTIONS',
    `Job "${name}" was not added, and cannot be as it is: ${reason}. Change its options.`,
    { cause },
  )
}
