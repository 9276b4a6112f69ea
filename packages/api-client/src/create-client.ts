import createFetchClient, { type Client } from 'openapi-fetch'
import { ApiError, errorOf } from './api-error.ts'
import type { paths } from './openapi.gen.ts'

export interface ClientOptions {
  /** Address of the gateway. */
  baseUrl: string
  /** An access token or an API key. @default none: only public operations */
  token?: string
  /** Ends all requests. */
  signal?: AbortSignal
  /** Longest wait for an answer, in milliseconds. Uploads and streams have no limit. @default 30_000 */
  timeoutMs?: number
}

/** Calls the operations of the API by method and path, with the types of its document:
 *  `await dataOf(client.GET('/jobs/{id}', { params: { path: { id } } }))`. */
export type ApiClient = Client<paths>

export function createClient({ baseUrl, token, signal, timeoutMs = 30_000 }: ClientOptions): ApiClient {
  const client = createFetchClient<paths>({
    baseUrl,
    fetch: async request => {
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
    },
  })
  if (token)
    client.use({
      onRequest({ request }) {
        request.headers.set('Authorization', `Bearer ${token}`)
      },
    })
  return client
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
