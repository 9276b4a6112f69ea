import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { type ProblemKind, problemType } from '../../endpoint/problem-kind.ts'
import { apiSecurityHeaders } from '../security-headers.ts'

export interface RawProblemOptions {
  detail: string
  /** For `Retry-After`, in seconds. @default none */
  retryAfterSeconds?: number
}

export interface RawAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/** Problem details (RFC 9457) for a request that never reaches the application. Its connection is closed. */
export function rawProblem(
  { status, code }: ProblemKind,
  { detail, retryAfterSeconds }: RawProblemOptions,
): RawAnswer {
  const requestId = randomUUID()
  const title = STATUS_CODES[status]
  const body = JSON.stringify({ type: problemType(code), title, status, detail, code, requestId })
  const headers = {
    ...apiSecurityHeaders,
    'Content-Type': 'application/problem+json',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    'X-Request-Id': requestId,
    ...(retryAfterSeconds !== undefined && { 'Retry-After': String(retryAfterSeconds) }),
    Connection: 'close',
  }
  return { status, headers, body }
}

/** The bytes of an answer on a connection whose request could not be parsed. */
export function bytesOf({ status, headers, body }: RawAnswer): string {
  const lines = Object.entries({ Date: new Date().toUTCString(), ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n')
}
