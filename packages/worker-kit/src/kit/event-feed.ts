import { setTimeout as delay } from 'node:timers/promises'
import { type BackendFactory, QueueEvents } from 'bullmq'
import type { RabbitmqQueueBackend } from '../backend/rabbitmq-queue-backend.ts'
import type { Logger } from '../logger.ts'
import type { RedisClient } from './redis-connections.ts'

/** How long Redis may hold a read that finds nothing, in milliseconds. */
const BLOCK_MS = 5_000

/** Wait after a failed read, in milliseconds. */
const RETRY_MS = 500

/** Something that happened to a job of a queue, in any process: an entry of BullMQ's event stream. */
export interface QueueEvent {
  /** Id of the entry: milliseconds since the epoch, `-`, a number. Ids increase. */
  readonly id: string
  /** BullMQ's name: `waiting`, `active`, `progress`, `completed`, `failed`, `removed`, ... */
  readonly name: string
  /** Absent for events of the whole queue. */
  readonly jobId: string | undefined
  /** The other fields, as BullMQ wrote them; `data` of progress and `returnvalue` are JSON. */
  readonly fields: Readonly<Record<string, string>>
}

export interface EventFeedOptions {
  /** Events from this time on, as far as Redis still has them; BullMQ keeps about 10,000. @default now */
  since?: Date
  /** Called with what one read gave, in order; the next read waits for it. Events that it rejects are told again. */
  onEvents: (events: readonly QueueEvent[]) => void | Promise<void>
  /** Called when the connection to Redis is back. Events may be missing if Redis lost data meanwhile. */
  onReconnect?: () => void
}

/** Reads a queue's events on one connection, which it opens. Outages of Redis are waited out, and nothing is missed that
 *  Redis still has. */
export interface EventFeed {
  /** Safe to call twice. */
  close(): Promise<void>
}

interface FeedSetup {
  connection: RedisClient
  prefix: string | undefined
  factory: BackendFactory<RabbitmqQueueBackend>
  logger: Logger
}

export function openEventFeed(
  queue: string,
  { since = new Date(), onEvents, onReconnect }: EventFeedOptions,
  { connection, prefix, factory, logger }: FeedSetup,
): EventFeed {
  // BullMQ's own loop does not fit: an entry that it cannot parse ends it.
  const source = new QueueEvents(queue, { connection, prefix, autorun: false }, factory)
  const report = (err: Error) => logger.warn({ queue, err }, 'event feed: redis error')
  source.on('error', report)
  let wasReady = connection.status === 'ready'
  connection.on('ready', () => {
    if (wasReady) onReconnect?.()
    wasReady = true
  })
  const stop = new AbortController()
  const reading = read()
  let closed: Promise<void> | undefined
  return {
    close() {
      closed ??= close()
      return closed
    },
  }

  async function close(): Promise<void> {
    stop.abort()
    await source.close().catch(() => undefined)
    connection.disconnect()
    await reading
  }

  async function read(): Promise<void> {
    let lastId = `${Math.max(0, since.getTime())}-0`
    while (!stop.signal.aborted) {
      try {
        const entries = entriesOf(await source.getBackend().readEvents(lastId, BLOCK_MS))
        const last = entries.at(-1)
        if (!last || stop.signal.aborted) continue
        await onEvents(entries.map(toEvent))
        lastId = last[0]
      } catch (error) {
        if (stop.signal.aborted) return
        report(error as Error)
        await delay(RETRY_MS, undefined, { signal: stop.signal }).catch(() => undefined)
      }
    }
  }
}

type Entry = [id: string, fields: string[]]

function entriesOf(reply: unknown): Entry[] {
  const [stream] = (reply ?? []) as [name: string, entries: Entry[]][]
  return stream?.[1] ?? []
}

function toEvent([id, flat]: Entry): QueueEvent {
  const all: Record<string, string> = {}
  for (let index = 0; index + 1 < flat.length; index += 2)
    all[flat[index] as string] = flat[index + 1] as string
  const { event = '', jobId, ...fields } = all
  return { id, name: event, jobId, fields }
}
