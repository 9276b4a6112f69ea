import type { IncomingMessage } from 'node:http'
import { scopeInsufficient, tokenInvalid, tokenMissing } from '../endpoint/common-problems.ts'
import type { ProblemKind } from '../endpoint/problem-kind.ts'
import { type HttpProblem, problem } from './http-problem.ts'

const challenge = 'Bearer realm="jackalope"'

/** The token of an `Authorization: Bearer` header (RFC 6750, section 2.1); `undefined` if there is none. Several such
 *  headers are refused before (`checkRequestHeaders`). */
export function readBearerToken({ headers }: IncomingMessage): string | undefined {
  return /^bearer +([\w.~+/-]+=*) *$/i.exec(headers.authorization ?? '')?.[1]
}

/** The error 401 for a request without a token (RFC 6750, section 3). */
export function noToken(): HttpProblem {
  return problem(tokenMissing, {
    detail: 'Send the header "Authorization: Bearer TOKEN", with a token from POST /login or an API key.',
    headers: { 'WWW-Authenticate': challenge },
  })
}

/** The error 401 for a token that is not valid (RFC 6750, section 3.1).
 *  @param description - what is wrong, in ASCII without quotes; shown to the client */
export function tokenRefused(
  description: string,
  { kind = tokenInvalid, advice = 'Log in again.', cause }: TokenRefusal = {},
): HttpProblem {
  return problem(kind, {
    detail: `${description}. ${advice}`,
    headers: {
      'WWW-Authenticate': `${challenge}, error="invalid_token", error_description="${description}"`,
    },
    cause,
  })
}

export interface TokenRefusal {
  /** @default tokenInvalid */
  kind?: ProblemKind
  /** What the client can do. @default Log in again. */
  advice?: string
  cause?: unknown
}

/** The error 403 for a token that does not reach so far (RFC 6750, section 3.1).
 *  @param needed - such as `scope jobs:read` or `role admin` */
export function scopeMissing(needed: string): HttpProblem {
  const description = `This needs a token with the ${needed}`
  return problem(scopeInsufficient, {
    detail: `${description}.`,
    headers: {
      'WWW-Authenticate': `${challenge}, error="insufficient_scope", error_description="${description}"`,
    },
  })
}
