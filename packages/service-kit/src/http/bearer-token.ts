import type { IncomingMessage } from 'node:http'
import { HttpProblem } from './http-problem.ts'

const challenge = 'Bearer realm="jackalope"'

/** The token of an `Authorization: Bearer` header (RFC 6750, section 2.1); `undefined` if there is none.
 *  @throws {HttpProblem} 400 when the request has two `Authorization` headers: proxy and service could read another */
export function readBearerToken({ headersDistinct }: IncomingMessage): string | undefined {
  const { authorization = [] } = headersDistinct
  if (authorization.length > 1)
    throw new HttpProblem(400, {
      code: 'authorization-repeated',
      detail: 'Send one Authorization header, not several.',
      headers: { 'WWW-Authenticate': `${challenge}, error="invalid_request"` },
    })
  return /^bearer +([\w.~+/-]+=*) *$/i.exec(authorization[0] ?? '')?.[1]
}

/** The error 401 for a request without a token (RFC 6750, section 3). */
export function noToken(): HttpProblem {
  return new HttpProblem(401, {
    code: 'token-missing',
    detail: 'Send the header "Authorization: Bearer TOKEN", with a token from POST /login or an API key.',
    headers: { 'WWW-Authenticate': challenge },
  })
}

/** The error 401 for a token that is not valid (RFC 6750, section 3.1).
 *  @param description - what is wrong, in ASCII without quotes; shown to the client */
export function tokenRefused(
  description: string,
  { code = 'token-invalid', advice = 'Log in again.', cause }: TokenRefusal = {},
): HttpProblem {
  return new HttpProblem(401, {
    code,
    detail: `${description}. ${advice}`,
    headers: {
      'WWW-Authenticate': `${challenge}, error="invalid_token", error_description="${description}"`,
    },
    cause,
  })
}

export interface TokenRefusal {
  /** @default token-invalid */
  code?: string
  /** What the client can do. @default Log in again. */
  advice?: string
  cause?: unknown
}

/** The error 403 for a token that does not reach so far (RFC 6750, section 3.1).
 *  @param needed - such as `scope jobs:read` or `role admin` */
export function scopeMissing(needed: string): HttpProblem {
  const description = `This needs a token with the ${needed}`
  return new HttpProblem(403, {
    code: 'insufficient-scope',
    detail: `${description}.`,
    headers: {
      'WWW-Authenticate': `${challenge}, error="insufficient_scope", error_description="${description}"`,
    },
  })
}
