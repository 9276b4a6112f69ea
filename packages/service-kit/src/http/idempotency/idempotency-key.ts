import { idempotencyKeyInvalid } from '../../endpoint/common-problems.ts'
import { problem } from '../http-problem.ts'

/** Reads an `Idempotency-Key`: a string in quotes (RFC 9651, section 3.3.3), or the same text without them.
 *  @throws {HttpProblem} 400 */
export function readIdempotencyKey(header: string): string {
  const quoted = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/.exec(header.trim())?.[1]
  const key = quoted?.replace(/\\(.)/g, '$1') ?? header.trim()
  if (/^[\x20-\x7e]{8,255}$/.test(key) && (quoted !== undefined || /^[^"\s,;]+$/.test(key))) return key
  throw problem(idempotencyKeyInvalid, {
    detail:
      'Send an Idempotency-Key of 8 to 255 printable ASCII characters in quotes, best a new UUID for each thing that you make.',
  })
}
