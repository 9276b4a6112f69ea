import { WorkerKitError } from '../errors.ts'

/** Refuses a job whose message the broker would not take.
 *  @throws {WorkerKitError} `ERR_JOB_TOO_LARGE` */
export function refuseLargeBody(
  { name, queue }: { name: string; queue: string },
  sizeBytes: number,
  maxBodyBytes: number,
): void {
  if (sizeBytes <= maxBodyBytes) return
  throw new WorkerKitError(
    'ERR_JOB_TOO_LARGE',
    `Job "${name}" for queue "${queue}" would be a message of ${sizeBytes} bytes, and ` +
      `${maxBodyBytes} is the most that can be sent. Nothing was added. Keep its data elsewhere, in a file, a bucket or a ` +
      "database, and give the job their address; or raise the broker's max_message_size and the option maxMessageBytes.",
  )
}
