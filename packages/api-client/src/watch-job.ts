import { setTimeout as delay } from 'node:timers/promises'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { ApiError } from './api-error.ts'
import { type ApiClient, dataOf } from './create-client.ts'

/** Something that happened to a job. */
export interface JobEvent {
  /** `snapshot`, `state`, `progress`, `deleted`; later versions may have more. */
  kind: string
  data: unknown
}

export interface WatchOptions {
  /** Longest time without a connection, in milliseconds. @default 180_000 */
  patienceMs?: number
  /** Wait before a connection is made again, in milliseconds. @default 1_000 */
  retryMs?: number
  signal?: AbortSignal
}

/** Events of a job until it has ended. A lost connection is made again where it broke off; nothing is missed.
 *  @throws {ApiError} when the job is unknown, or the service does not come back */
export async function* watchJob(
  client: ApiClient,
  id: string,
  { patienceMs = 180_000, retryMs = 1_000, signal }: WatchOptions = {},
): AsyncGenerator<JobEvent> {
  let lastEventId: string | undefined
  let connectedAt = performance.now()
  for (;;) {
    try {
      const headers = { Accept: 'text/event-stream', ...(lastEventId && { 'Last-Event-ID': lastEventId }) }
      const call = client.GET('/jobs/{id}/events', {
        params: { path: { id } },
        headers,
        parseAs: 'stream',
        signal,
      })
      const stream = (await dataOf(call as never)) as ReadableStream<Uint8Array> | undefined
      // 204: the job has ended, and its end has been told.
      if (!stream) return
      connectedAt = performance.now()
      const text = stream.pipeThrough(new TextDecoderStream() as never) as ReadableStream<string>
      for await (const { id: eventId, event, data } of text.pipeThrough(new EventSourceParserStream())) {
        lastEventId = eventId ?? lastEventId
        yield { kind: event ?? 'message', data: JSON.parse(data) }
      }
    } catch (error) {
      signal?.throwIfAborted()
      const isPassing =
        !(error instanceof ApiError) || error.status === 0 || error.status === 429 || error.status >= 500
      if (!isPassing || performance.now() - connectedAt > patienceMs) throw error
    }
    await delay(retryMs, undefined, { signal })
  }
}
