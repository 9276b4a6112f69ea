import { WorkerKitError } from '../errors.ts'
import { monotonicMs } from '../real-timers.ts'
import { withTimeLimit } from '../time-limit.ts'
import { type ConnectionFailure, tlsFailure } from '../tls-failure.ts'
import { type BrokerAddress, showAddress } from './broker-addresses.ts'

/** How amqplib's error tells that the broker refuses a login. */
const LOGIN_REFUSED = /\b403 \(ACCESS-REFUSED\)/

/** How amqplib's error tells that the broker refuses the virtual host; the broker's own words are lost. */
const HOST_REFUSED = /Expected ConnectionOpenOk; got <ConnectionClose/

/** AMQP's code for a fault of the broker's own. */
const INTERNAL_ERROR = 541

/** How long the broker may take to answer somebody who asks, in milliseconds. */
const ANSWER_TIMEOUT_MS = 10_000

/** A second internal error within this time, in milliseconds, is told. */
const INTERNAL_ERROR_PATIENCE_MS = 10_000

/** Why a node of the broker cannot be reached, and what to do. */
export function unreachable(cause: Error, address: BrokerAddress): WorkerKitError {
  const { reason, advice } = failureOf(cause, address)
  return new WorkerKitError(
    'ERR_CONNECT',
    `RabbitMQ at ${showAddress(address)} cannot be reached: ${reason}. ${advice}`,
    { cause },
  )
}

/** Whether an error made by `unreachable` will be the same at the next attempt: a wrong password, say. */
export function isRefusal({ cause }: Error): boolean {
  return cause instanceof Error && failureOf(cause).isFinal
}

function failureOf(
  cause: Error,
  { vhost = '%2F', username = 'guest' }: Partial<BrokerAddress> = {},
): ConnectionFailure {
  if (LOGIN_REFUSED.test(cause.message))
    return { reason: 'it refuses the user or the password', advice: 'Check both', isFinal: true }
  if (HOST_REFUSED.test(cause.message))
    return {
      reason: `the virtual host "${decodeURIComponent(vhost)}" does not exist, or user "${username}" may not use it`,
      advice: 'Check the virtual host, and the permissions of the user',
      isFinal: true,
    }
  return (
    tlsFailure(cause) ?? {
      reason: cause.message,
      advice: 'Check its address, and that it runs',
      isFinal: false,
    }
  )
}

export function connectionLost(cause: Error | undefined): WorkerKitError {
  return outage('The connection to RabbitMQ was lost', cause)
}

/** Waits for the broker's answer, for a limited time: a broker that is away or frozen does not answer at all.
 *  @throws {WorkerKitError} `ERR_CONNECT` at the limit */
export function answered<T>(answer: Promise<T>, limitMs = ANSWER_TIMEOUT_MS): Promise<T> {
  return withTimeLimit(answer, limitMs, () => {
    throw outage('RabbitMQ cannot be reached', new Error(`no answer within ${limitMs} ms`))
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
