import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { until } from '@jackalope/local-servers/testing'
import { signToken, type TestGateway } from './test-gateway.ts'

export interface ReceivedEvent {
  id: string
  type: string
  data: Record<string, unknown>
}

/** A client of a stream of server-sent events. */
export interface EventReader {
  status: number
  headers: IncomingMessage['headers']
  /** All events so far. */
  events: ReceivedEvent[]
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>
  close(): void
}

/** Opens a stream; resolves with the answer's headers. */
export async function openEvents(
  { url }: Pick<TestGateway, 'url'>,
  path: string,
  {
    user = 'ada',
    lastEventId,
    token = signToken(user),
  }: { user?: string; lastEventId?: string; token?: string } = {},
): Promise<EventReader> {
  const sent = get(url + path, {
    agent: false,
    headers: { Authorization: `Bearer ${token}`, ...(lastEventId && { 'Last-Event-ID': lastEventId }) },
  })
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const events: ReceivedEvent[] = []
  let text = ''
  response.setEncoding('utf8')
  response.on('data', (piece: string) => {
    text += piece
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map(line => line.split(/: (.*)/s)))
      if (fields.data) events.push({ id: fields.id, type: fields.event, data: JSON.parse(fields.data) })
    }
  })
  response.on('error', () => {})
  const ended = new Promise<void>(resolve => response.once('close', resolve))
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events,
    ended,
    close: () => void response.destroy(),
  }
}

/** Goes on after an event. A gateway that has just started may not have read that event yet, and tells a snapshot: then the
 *  stream is opened again. */
export async function resumeEvents(
  place: Pick<TestGateway, 'url'>,
  path: string,
  lastEventId: string | undefined,
): Promise<EventReader> {
  return await until(async () => {
    const reader = await openEvents(place, path, { lastEventId })
    await until(async () => reader.events.length > 0)
    if (reader.events[0]?.type !== 'snapshot') return reader
    reader.close()
    return undefined
  })
}
