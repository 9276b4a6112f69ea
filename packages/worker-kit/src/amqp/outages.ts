import { WorkerKitError } from '../errors.ts'
import { monotonicMs } from '../real-timers.ts'

/** AMQP's code for a fault of the broker's own. */
const INTERNAL_ERROR = 541

/** A second one within this time, in milliseconds, is told. */
const INTERNAL_ERROR_PATIENCE_MS = 10_000

export function unreachable(cause: Error | undefined): WorkerKitError {
  return outage('RabbitMQ cannot be reached', cause)
}

export function connectionLost(cause: Error | undefined): WorkerKitError {
  return outage('The connection to RabbitMQ was lost', cause)
}

/** Whether a queue or worker says what its broker itself has logged: that it cannot be reached, or has gone. */
export function isOutage(error: Error): boolean {
  return error instanceof WorkerKitError && error.code === 'ERR_CONNECT'
}

/** RabbitMQ 3.10 closes the connection of the second of two processes that consume a new quorum queue in its first moments.
 *  They come back by themselves, and nobody needs to hear of it. */
export class InternalErrors {
  #lastAt = Number.NEGATIVE_INFINITY

  /** Whether a connection's error is to be told: every one but an internal error that does not come again. */
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
