import type { JobsOptions } from 'bullmq'
import { WorkerKitError } from '../errors.ts'

/** A job as it was to be added. */
export interface WantedJob {
  name: string
  data: unknown
  options: JobsOptions
}

/** A job's data as JSON; no data are an empty object.
 *  @throws {WorkerKitError} `ERR_INVALID_PAYLOAD` */
export function writtenData(name: string, data: unknown): string {
  const written = write(data ?? {})
  if ('reason' in written) throw unwritable(name, written.reason)
  return written.text
}

/** What keeps data from being written as JSON. */
export function unwritableReason(data: unknown): string | undefined {
  const written = write(data ?? {})
  return 'reason' in written ? written.reason : undefined
}

function write(data: unknown): { text: string } | { reason: string } {
  try {
    const text = JSON.stringify(data)
    return text === undefined ? { reason: 'it is a function or a symbol' } : { text }
  } catch (error) {
    // Node draws the circular reference on the lines below.
    return { reason: (error as Error).message.split('\n')[0] as string }
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
