import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type Explained, explained } from '@jackalope/contracts'
import type { Networks } from '@jackalope/service-kit'
import { addressCheck, checkedLookup, checkLiteral } from './checked-lookup.ts'
import { explainFailure } from './explain-failure.ts'
import { readExcerpt } from './read-excerpt.ts'
import { readRetryAfter } from './retry-after.ts'

export interface PostOptions {
  /** Networks that the operator allows besides the public internet. @default none */
  allowed?: Networks
  /** Longest time until the status of the last answer, redirects included, in milliseconds. @default 15_000 */
  timeoutMs?: number
  signal: AbortSignal
}

export interface WebhookRequest {
  url: string
  headers: Readonly<Record<string, string>>
  body: string
}

/** What came of a request. */
export interface PostOutcome {
  /** Status of the answer, if there was one. */
  status?: number
  /** Why it counts as failed, for the owner of the endpoint; absent for 200 to 299. */
  failure?: Explained
  /** Beginning of the answer's body. */
  response?: string
  /** How long the receiver wants to be left alone, in milliseconds. */
  retryAfterMs?: number
}

/** Most redirects that are followed. */
const maxRedirects = 3
/** Statuses that are followed with the same method and body. A 303 says that the request was processed: with what it leads to
 *  nothing is delivered. */
const followed: ReadonlySet<number> = new Set([301, 302, 307, 308])

/** Sends a webhook's request to addresses that are allowed, and nowhere else: names are checked when they are resolved, at each
 *  redirect anew, and the connection goes to an address that was checked.
 *  @throws the reason of `signal` when it is aborted */
export async function postWebhook(request: WebhookRequest, options: PostOptions): Promise<PostOutcome> {
  const { timeoutMs = 15_000 } = options
  const timeout = AbortSignal.timeout(timeoutMs)
  const signal = AbortSignal.any([options.signal, timeout])
  try {
    return await follow(request, { ...options, signal })
  } catch (error) {
    options.signal.throwIfAborted()
    return { failure: explainFailure(error, timeout.aborted, timeoutMs) }
  }
}

async function follow(first: WebhookRequest, options: PostOptions): Promise<PostOutcome> {
  let { url } = first
  for (let redirects = 0; ; redirects += 1) {
    const answer = await send({ ...first, url }, options)
    const { statusCode: status = 0 } = answer
    const { location } = answer.headers
    if (!followed.has(status) || location === undefined) return await outcomeOf(answer, options.signal)
    answer.destroy()
    const next = URL.parse(location, url)
    if (redirects >= maxRedirects)
      return { status, failure: explained('webhook-redirects-too-often', { redirects: maxRedirects }) }
    if (!next || !['https:', 'http:'].includes(next.protocol))
      return { status, failure: explained('webhook-redirect-invalid', {}) }
    next.username = next.password = next.hash = ''
    url = next.href
  }
}

async function send({ url, headers, body }: WebhookRequest, options: PostOptions): Promise<IncomingMessage> {
  const { protocol, hostname } = new URL(url)
  const isAllowed = addressCheck(protocol, options.allowed)
  checkLiteral(hostname, isAllowed)
  const open = protocol === 'https:' ? httpsRequest : httpRequest
  const request = open(url, {
    method: 'POST',
    headers: { ...headers, 'Content-Length': Buffer.byteLength(body), Accept: '*/*' },
    lookup: checkedLookup(isAllowed),
    // A connection of its own: a kept one would have been checked for another request.
    agent: false,
    signal: options.signal,
  })
  const answer = answerOf(request)
  request.end(body)
  return await answer
}

function answerOf(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // A receiver that changes the protocol ends the request by that.
    request.on('upgrade', (_answer, socket) => socket.destroy())
    request.on('response', resolve)
    request.on('error', reject)
    request.on('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
  })
}

async function outcomeOf(answer: IncomingMessage, signal: AbortSignal): Promise<PostOutcome> {
  const { statusCode: status = 0 } = answer
  const response = await readExcerpt(answer, signal)
  if (status >= 200 && status <= 299) return { status, response }
  const retryAfterMs = readRetryAfter(status, answer.headers['retry-after'])
  const refusal = { status, failure: explained('webhook-status', { status }), response }
  return retryAfterMs === undefined ? refusal : { ...refusal, retryAfterMs }
}
