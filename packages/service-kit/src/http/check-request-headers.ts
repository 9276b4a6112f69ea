import type { Middleware } from 'koa'
import { authorizationRepeated, expectationFailed, requestMalformed } from '../endpoint/common-problems.ts'
import { type HttpProblem, problem } from './http-problem.ts'

/** Headers that a request has once at most. Node keeps the first of several: a proxy may have looked at another. */
const singletons = new Set([
  'authorization',
  'content-disposition',
  'content-length',
  'content-range',
  'content-type',
  'host',
  'idempotency-key',
  'if-range',
  'origin',
  'range',
  'sec-fetch-mode',
  'sec-fetch-site',
  'upload-length',
  'upload-offset',
  'x-client-address',
  'x-service-token',
  'x-session-token',
])

/** Refuses requests with an ambiguous header, without `Host` (RFC 9112, section 3.2), or with an unknown expectation (RFC
 *  9110, section 10.1.1). */
export function checkRequestHeaders(): Middleware {
  return (ctx, next) => {
    const { rawHeaders, httpVersion } = ctx.req
    const seen = new Set<string>()
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index]?.toLowerCase() ?? ''
      if (seen.has(name) && singletons.has(name)) throw ambiguous(rawHeaders[index] ?? '')
      seen.add(name)
    }
    if (httpVersion !== '1.0') {
      if (!seen.has('host')) throw malformed('The request has no header "Host".')
      const expectation = ctx.get('Expect')
      if (expectation !== '' && expectation.toLowerCase() !== '100-continue') throw unknownExpectation()
    }
    return next()
  }
}

function ambiguous(name: string): HttpProblem {
  const detail = `The request has the header "${name}" more than once. Send it once.`
  return /^authorization$/i.test(name) ? problem(authorizationRepeated, { detail }) : malformed(detail)
}

function malformed(detail: string): HttpProblem {
  return problem(requestMalformed, { detail })
}

function unknownExpectation(): HttpProblem {
  return problem(expectationFailed, {
    detail: 'The only expectation that the service knows is "Expect: 100-continue".',
  })
}
