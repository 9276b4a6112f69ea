import { STATUS_CODES } from 'node:http'
import { serviceUnavailable } from '../endpoint/common-problems.ts'
import type { ProblemKind } from '../endpoint/problem-kind.ts'

export interface HttpProblemOptions {
  /** Short name of the kind of problem. @default the status code's phrase */
  title?: string
  /** What is wrong and what the client can do; shown to the client. */
  detail?: string
  /** Stable name for programs, such as `email-taken`; shown to the client. */
  code?: string
  /** Headers of the answer, such as `Retry-After`. */
  headers?: Readonly<Record<string, string>>
  /** More members of the problem, such as `errors`; shown to the client. */
  extensions?: Readonly<Record<string, unknown>>
  /** The underlying error; logged when the status is 500 or more, never shown. */
  cause?: unknown
}

/** An error that becomes the answer of a request, as problem details (RFC 9457). */
export class HttpProblem extends Error {
  readonly status: number
  readonly title: string
  readonly detail: string | undefined
  readonly code: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly extensions: Readonly<Record<string, unknown>>

  /** @param status - 400 to 599 */
  constructor(status: number, options: HttpProblemOptions = {}) {
    const title = options.title ?? STATUS_CODES[status] ?? 'Error'
    super(options.detail ?? title, { cause: options.cause })
    this.name = new.target.name
    this.status = status
    this.title = title
    this.detail = options.detail
    this.code = options.code
    this.headers = options.headers ?? {}
    this.extensions = options.extensions ?? {}
  }
}

/** A problem of this kind: `problem(jobUnknown, { detail: 'You have no such job.' })`. */
export function problem(kind: ProblemKind, options: Omit<HttpProblemOptions, 'code'> = {}): HttpProblem {
  return new HttpProblem(kind.status, { ...options, code: kind.code })
}

/** 503 with `Retry-After`: a dependency does not answer at the moment.
 *  @param what - the dependency as the client knows it: `The user database` */
export function unavailable(what: string, options: { cause?: unknown; retryAfterSeconds?: number } = {}) {
  const { cause, retryAfterSeconds = 5 } = options
  return problem(serviceUnavailable, {
    detail: `${what} does not answer at the moment. Please try again in ${retryAfterSeconds} seconds.`,
    headers: { 'Retry-After': String(retryAfterSeconds) },
    cause,
  })
}
