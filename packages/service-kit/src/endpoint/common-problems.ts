import type { Endpoint } from './endpoint.ts'
import { defineProblem, type ProblemKind } from './problem-kind.ts'

export const requestMalformed = defineProblem({
  code: 'request-malformed',
  status: 400,
  meaning: 'The request is no HTTP that the service understands. The detail says what is wrong with it.',
})
export const queryInvalid = defineProblem({
  code: 'invalid-query',
  status: 400,
  meaning: 'A parameter of the query is unknown or has a value that it cannot have. The detail names it.',
})
export const jsonMalformed = defineProblem({
  code: 'malformed-json',
  status: 400,
  meaning: 'The body is not well-formed JSON.',
})
export const authorizationRepeated = defineProblem({
  code: 'authorization-repeated',
  status: 400,
  meaning: 'The request has several "Authorization" headers. Send one.',
})
export const tokenMissing = defineProblem({
  code: 'token-missing',
  status: 401,
  meaning: 'The request has no access token or API key. Send the header "Authorization: Bearer TOKEN".',
})
export const tokenInvalid = defineProblem({
  code: 'token-invalid',
  status: 401,
  meaning: 'The access token or API key is not valid. Log in again, or make a new key.',
})
export const tokenExpired = defineProblem({
  code: 'token-expired',
  status: 401,
  meaning: 'The access token has expired. Refresh it, or log in again.',
})
export const scopeInsufficient = defineProblem({
  code: 'insufficient-scope',
  status: 403,
  meaning: 'The access token or API key may not do this. The detail names the scope or role that is needed.',
})
export const crossSiteRequest = defineProblem({
  code: 'cross-site-request',
  status: 403,
  meaning:
    'The request is not from a page of this service, so the session of the browser does not count for it. Programs send a token.',
})
export const pathUnknown = defineProblem({
  code: 'not-found',
  status: 404,
  meaning: 'There is nothing at this path.',
})
export const methodUnknown = defineProblem({
  code: 'method-not-allowed',
  status: 405,
  meaning: 'The path takes other methods. The header "Allow" lists them.',
})
export const bodyLate = defineProblem({
  code: 'request-timeout',
  status: 408,
  meaning: 'The request did not arrive in time. Send it again.',
})
export const bodyTooLarge = defineProblem({
  code: 'body-too-large',
  status: 413,
  meaning: 'The body has more bytes than the endpoint takes. The detail says how many that are.',
})
export const jsonExpected = defineProblem({
  code: 'json-expected',
  status: 415,
  meaning: 'The body must be JSON, with the header "Content-Type: application/json".',
})
export const encodingUnsupported = defineProblem({
  code: 'encoding-unsupported',
  status: 415,
  meaning: 'The body must be plain UTF-8, without a content coding.',
})
export const expectationFailed = defineProblem({
  code: 'expectation-failed',
  status: 417,
  meaning: 'The only expectation that the service knows is "Expect: 100-continue".',
})
export const fieldsInvalid = defineProblem({
  code: 'invalid-fields',
  status: 422,
  meaning:
    'Members of the body are missing, unknown, or have values that they cannot have. "errors" lists them.',
})
export const rateLimited = defineProblem({
  code: 'rate-limited',
  status: 429,
  meaning: 'Too many requests. Wait as many seconds as the header "Retry-After" says.',
})
export const headersTooLarge = defineProblem({
  code: 'headers-too-large',
  status: 431,
  meaning: 'The headers of the request are too large.',
})
export const internalError = defineProblem({
  code: 'internal-error',
  status: 500,
  meaning: 'Something went wrong in the service. If it goes on, report it with the request id.',
})
export const serviceUnavailable = defineProblem({
  code: 'unavailable',
  status: 503,
  meaning: 'A server that the request needs does not answer. Send it again after "Retry-After" seconds.',
})
export const idempotencyKeyInvalid = defineProblem({
  code: 'idempotency-key-invalid',
  status: 400,
  meaning: 'The "Idempotency-Key" is malformed. Send a UUID in quotes.',
})
export const idempotencyKeyInUse = defineProblem({
  code: 'idempotency-key-in-use',
  status: 409,
  meaning:
    'The first request with this "Idempotency-Key" still runs. Send it again after "Retry-After" seconds.',
})
export const idempotencyKeyReused = defineProblem({
  code: 'idempotency-key-reused',
  status: 422,
  meaning: 'Another request was sent with this "Idempotency-Key". Send a new key with each new request.',
})
export const deadlineExceeded = defineProblem({
  code: 'deadline-exceeded',
  status: 503,
  meaning: 'The service could not answer in time. Send the request again after "Retry-After" seconds.',
})
export const tooManyConnections = defineProblem({
  code: 'too-many-connections',
  status: 503,
  meaning: 'The service, or your address, has too many connections open. Close some, or try again soon.',
})

/** The problems that an endpoint can answer: its own, and those that its definition implies. */
export function problemsOf(endpoint: Endpoint): ProblemKind[] {
  const { access, body, rawBody, problems = [] } = endpoint
  const implied: ProblemKind[] = [requestMalformed, queryInvalid]
  if (typeof access === 'object')
    implied.push(
      authorizationRepeated,
      tokenMissing,
      tokenInvalid,
      tokenExpired,
      scopeInsufficient,
      crossSiteRequest,
    )
  if (access === 'service') implied.push(authorizationRepeated, tokenMissing, tokenInvalid)
  if (endpoint.params) implied.push(pathUnknown)
  if (body) implied.push(jsonMalformed, jsonExpected, encodingUnsupported, fieldsInvalid)
  if (body || rawBody) implied.push(bodyLate, bodyTooLarge)
  implied.push(expectationFailed, rateLimited, headersTooLarge, internalError)
  if (endpoint.takesIdempotencyKey)
    implied.push(idempotencyKeyInvalid, idempotencyKeyInUse, idempotencyKeyReused)
  implied.push(serviceUnavailable, deadlineExceeded, tooManyConnections)
  return [...problems, ...implied.filter(({ code }) => !problems.some(own => own.code === code))]
}
