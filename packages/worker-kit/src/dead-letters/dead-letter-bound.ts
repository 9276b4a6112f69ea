import type { DeadLetterBound } from '../amqp/topology.ts'
import { WorkerKitError } from '../errors.ts'

/** Checking ages reads the whole queue: a bound below this time would read it all the time. */
const MIN_AGE_MS = 60_000

/** Checks a bound that somebody has set.
 *  @returns `undefined` when nothing is bounded
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` for a value that is out of range */
export function checkedBound(bound: DeadLetterBound | undefined): DeadLetterBound | undefined {
  const { maxCount, maxAgeMs } = bound ?? {}
  refuseUnless(maxCount, 'maxCount', 1)
  refuseUnless(maxAgeMs, 'maxAgeMs', MIN_AGE_MS)
  return maxCount === undefined && maxAgeMs === undefined ? undefined : { maxCount, maxAgeMs }
}

function refuseUnless(value: unknown, name: keyof DeadLetterBound, least: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && Number(value) >= least)) return
  throw new WorkerKitError(
    'ERR_INVALID_DEFINITION',
    `deadLetters.${name}: expected an integer >= ${least}, got ${String(value)}`,
  )
}
