import {
  expectedGot,
  findFaults,
  integer,
  isFunction,
  isText,
  milliseconds,
  millisecondsOrInfinity,
  optional,
  refuseFaults,
  required,
} from '../check-options.ts'
import { definitionFaults, nameFaults } from '../job/define-job.ts'

const DEFAULT_TIMEOUT_MS = 30_000

/** Reads the options of `close`.
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` */
export function closeTimeoutMs(options: { timeoutMs?: number }): number {
  refuseFaults('close', findFaults(options, { timeoutMs: millisecondsOrInfinity(0) }))
  return options.timeoutMs ?? DEFAULT_TIMEOUT_MS
}

/** @throws {WorkerKitError} `ERR_INVALID_DEFINITION` that names every option that is out of range */
export function refuseInvalidWork(definition: unknown, handler: unknown, options: unknown): void {
  refuseFaults('work', [
    ...definitionFaults(definition),
    ...(isFunction(handler) ? [] : [`handler: ${expectedGot('a function', handler)}`]),
    ...findFaults(options, {
      // As many as a consumer's prefetch can have.
      concurrency: integer(1, 65_535),
      lockDurationMs: milliseconds(1_000),
      maxStalledCount: integer(0),
      // Redis takes no others in the name of a connection.
      name: optional('a text without spaces', value => /^[!-~]+$/.test(String(value))),
    }),
  ])
}

/** @throws {WorkerKitError} `ERR_INVALID_DEFINITION` */
export function refuseInvalidSubscription(subscription: unknown, listener: unknown): void {
  const rules = {
    subscription: required('a text without ":", not empty', name => isText(name) && !name.includes(':')),
    listener: required('a function', isFunction),
  }
  refuseFaults('onDeadLetter', findFaults({ subscription, listener }, rules))
}

/** @throws {WorkerKitError} `ERR_INVALID_DEFINITION` */
export function refuseInvalidFeed(definition: unknown, options: unknown): void {
  refuseFaults('events', [
    ...nameFaults(definition),
    ...findFaults(options, {
      since: optional('a Date', value => value instanceof Date && !Number.isNaN(value.getTime())),
      onEvents: required('a function', isFunction),
      onReconnect: optional('a function', isFunction),
    }),
  ])
}
