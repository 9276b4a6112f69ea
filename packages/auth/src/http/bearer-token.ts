import { HttpProblem } from '@jackalope/service-kit'

/** The token of an `Authorization: Bearer` header (RFC 6750, section 2.1); `undefined` if there is none. */
export function readBearerToken(header: string | undefined): string | undefined {
  return /^bearer +([\w.~+/-]+=*) *$/i.exec(header ?? '')?.[1]
}

/** The error 401 for a missing or refused token (RFC 6750, section 3). */
export function tokenRefused(token: string | undefined, detail: string): HttpProblem {
  const challenge = 'Bearer realm="jackalope"'
  return new HttpProblem(401, {
    code: token === undefined ? 'token-missing' : 'token-invalid',
    detail: token === undefined ? 'Send the header "Authorization: Bearer TOKEN".' : detail,
    headers: { 'WWW-Authenticate': token === undefined ? challenge : `${challenge}, error="invalid_token"` },
  })
}
