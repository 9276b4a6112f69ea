import { WorkerKitError } from '../errors.ts'
import { monotonicMs } from '../real-timers.ts'
import { withTimeLimit } from '../time-limit.ts'

/** AMQP's code for a fault of the broker's own. */
const INTERNAL_ERROR = 541

/** How long the broker may take to answer somebody who asks, in milliseconds. */
const ANSWER_TIMEOUT_MS = 10_000

/** A second internal error within this time, in milliseconds, is told. */
const INTERNAL_ERROR_PATIENCE_MS = 10_000

export function unreachable(cause: Error | undefined): WorkerKitError {
  return outage('RabbitMQ cannot be reached', cause)
}

export function connectionLost(cause: Error | undefined): WorkerKitError {
  return outage('The connection to RabbitMQ was lost', cause)
}

/** Waits for the broker's answer, for a limited time: a broker that is away or frozen does not answer at all.
 *  @throws {WorkerKitError} `ERR_CONNECT` at the limit */
export function answered<T>(answer: Promise<T>, limitMs = ANSWER_TIMEOUT_MS): Promise<T> {
  return withTimeLimit(answer, limitMs, () => {
    throw unreachable(new Error(`no answer within ${limitMs} ms`))
  })
}

/** Whether an error says that the broker cannot be reached, or was lost: the broker's own log has that already. */
export function isOutage(error: Error): boolean {
  return error instanceof WorkerKitError && error.code === 'ERR_CONNECT'
}

/** Tells internal errors of RabbitMQ that need attention from those that do not. RabbitMQ 3.10 closes the connection of the
 *  second of two processes that consume a new quorum queue in its first moments; that process reconnects by itself. */
export class InternalErrors {
  #lastAt = Number.NEGATIVE_INFINITY

  /** Whether a connection's error is to be told: each error, but for an internal error that does not repeat. */
  isTold(error: Error & { code?: number }): boolean {
    if (error.code !== INTERNAL_ERROR) return true
    const lastAt = this.#lastAt
    this.#lastAt = monotonicMs()
    return this.#lastAt - lastAt <= INTERNAL_ERROR_PATIENCE_MS
  }
}

function outage(what: string, cause: Error | undefined): WorkerKitError {
  return new WorkerKitError('ERR_CONNECT', `${what}: ${cause?.message}`, { cause })
}
