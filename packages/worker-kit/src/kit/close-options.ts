import { findFaults, millisecondsOrInfinity, refuseFaults } from '../check-options.ts'

const DEFAULT_TIMEOUT_MS = 30_000

/** Reads the options of `close`.
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` */
export function closeTimeoutMs(options: { timeoutMs?: number }): number {
  refuseFaults('close', findFaults(options, { timeoutMs: millisecondsOrInfinity(0) }))
  return options.timeoutMs ?? DEFAULT_TIMEOUT_MS
}
