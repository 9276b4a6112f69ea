import createFetchClient, { type Client } from 'openapi-fetch'
import { ApiError, errorOf } from './api-error.ts'
import type { paths } from './openapi.gen.ts'

export type { components, operations, paths } from './openapi.gen.ts'

export interface ClientOptions {
  /** Address of the gateway. */
  baseUrl: string
  /** An access token, an API key, or what gives the token for each request. @default none: only public operations */
  token?: string | TokenSource
  /** Ends all requests. */
  signal?: AbortSignal
  /** Longest wait for an answer, in milliseconds. Uploads and streams have no limit. @default 30_000 */
  timeoutMs?: number
}

/** Gives the access token of a request.
 *  @param refused - the token that was refused because it has expired, to get another in its place */
export type TokenSource = (refused?: string) => Promise<string>

/** Calls the operations of the API by method and path, with the types of its document:
 *  `await dataOf(client.GET('/jobs/{id}', { params: { path: { id } } }))`. */
export type ApiClient = Client<paths>

export function createClient({ baseUrl, token, signal, timeoutMs = 30_000 }: ClientOptions): ApiClient {
  const send = async (request: Request): Promise<Response> => {
    const isEndless = request.body !== null || request.headers.get('Accept') === 'text/event-stream'
    const limits = [request.signal, signal, isEndless ? undefined : AbortSignal.timeout(timeoutMs)]
    try {
      return await fetch(request, { signal: AbortSignal.any(limits.filter(limit => limit !== undefined)) })
    } catch (cause) {
      signal?.throwIfAborted()
      const reason =
        (cause as Error).cause instanceof Error ? ((cause as Error).cause as Error) : (cause as Error)
      throw new ApiError(`There is no answer: ${reason.message}`, { status: 0, code: 'no-answer', cause })
    }
  }
  return createFetchClient<paths>({ baseUrl, fetch: token ? withToken(send, token) : send })
}

type Send = (request: Request) => Promise<Response>

/** Sends requests with a token; once more, with another, if it has expired. */
function withToken(send: Send, token: string | TokenSource): Send {
  const tokenOf = typeof token === 'string' ? async () => token : token
  return async request => {
    const sent = await tokenOf()
    // The bytes of an upload are gone once they are sent; a copy would be held in memory.
    const isRepeatable = request.body === null || request.headers.get('Content-Type') === 'application/json'
    const again = isRepeatable ? request.clone() : undefined
    request.headers.set('Authorization', `Bearer ${sent}`)
    const answer = await send(request)
    if (answer.status !== 401 || !again || typeof token === 'string') return answer
    const problem = await answer
      .clone()
      .json()
      .catch(() => undefined)
    const { code } = errorOf(answer, problem)
    if (code !== 'token-expired') return answer
    await answer.body?.cancel()
    again.headers.set('Authorization', `Bearer ${await tokenOf(sent)}`)
    return await send(again)
  }
}

/** What an operation answers.
 *  @throws {ApiError} when the answer is a problem, or there is none */
export async function dataOf<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok) throw errorOf(response, error)
  return data as T
}
