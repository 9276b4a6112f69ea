import { ApiError, errorOf } from '@jackalope/api-client/api-error'

/** Longest wait for an answer, in milliseconds. */
const timeoutMs = 30_000

/** Sends a request to the gateway, and reads its answer as JSON; `undefined` for an answer without a body.
 *  @throws {ApiError} when the answer is a problem, or there is none */
export async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(path, {
    method,
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      Accept: 'application/json',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(cause => {
    throw new ApiError(`There is no answer: ${(cause as Error).message}`, {
      status: 0,
      code: 'no-answer',
      cause,
    })
  })
  const text = response.status === 204 ? '' : await response.text()
  const data = parse(text)
  if (!response.ok) throw errorOf(response, data)
  return data as T
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
