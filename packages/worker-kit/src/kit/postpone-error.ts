import { LONGEST_RETRY_DELAY_MS } from '../job/retry-policy.ts'

/** Thrown by a handler that cannot do its work now, for a reason that has nothing to do with the job: the job is delayed and
 *  starts again, and the attempt does not count. The handler decides how often; the kit knows no limit. */
export class PostponeError extends Error {
  /** Wait until the job may start again, in milliseconds. */
  readonly delayMs: number

  /** @param delayMs - integer from 1 to 31,622,400,000, which is 366 days
   *  @throws {RangeError} */
  constructor(delayMs: number, message = 'postponed', options?: ErrorOptions) {
    if (!Number.isSafeInteger(delayMs) || delayMs < 1 || delayMs > LONGEST_RETRY_DELAY_MS)
      throw new RangeError(`delayMs: expected an integer from 1 to ${LONGEST_RETRY_DELAY_MS}, got ${delayMs}`)
    super(message, options)
    this.name = new.target.name
    this.delayMs = delayMs
  }
}
