import type { RequestUser } from '@jackalope/contracts'
import type { Context } from 'koa'
import type { AppDeps } from '../app-deps.ts'
import { endingId } from './event-id.ts'
import { EventStream, type SentEvent } from './event-stream.ts'
import type { JobEvent } from './job-event.ts'
import type { EventFilter } from './job-events.ts'

/** Longest stream, in milliseconds: then its client comes back and is checked again, such as for a revoked API key. */
const maxStreamMs = 15 * 60_000

/** Events that may wait for the snapshot before them. */
const maxWaitingEvents = 1_000

/** What may be the last that a stream tells. */
export type LastSent = { snapshot: unknown } | { event: JobEvent }

export interface ServedEvents {
  filter: EventFilter
  /** The stream goes on after this event; without it, or if events after it may be missing, a snapshot comes first. */
  lastEventId: string | undefined
  /** What the client is told first, and whenever events may have been missed. */
  readSnapshot(): Promise<unknown>
  /** Whether a snapshot, or an event, is the last one. @default never */
  isLast?(last: LastSent): boolean
}

type EventDeps = Pick<AppDeps, 'jobEvents' | 'watcherLimits' | 'shutdown' | 'logger'>

/** Answers with server-sent events: those that the client has missed, or a snapshot first, and then each event when it
 *  happens. */
export async function serveEvents(
  ctx: Context,
  user: RequestUser,
  { filter, lastEventId, readSnapshot, isLast = () => false }: ServedEvents,
  { jobEvents, watcherLimits, shutdown, logger }: EventDeps,
): Promise<void> {
  ctx.set('Cache-Control', 'no-store')
  // nginx would collect events before it passes them on.
  ctx.set('X-Accel-Buffering', 'no')
  ctx.type = 'text/event-stream'
  ctx.status = 200
  if (ctx.method === 'HEAD') return
  const leave = watcherLimits.enter(user.id)
  let waiting: JobEvent[] | undefined = []
  /** Whether events may have been missed since the snapshot was asked for that is being read. */
  let isOutdated = false
  let stream: EventStream | undefined
  // Listened to before the snapshot is read, so that nothing falls between.
  const stop = jobEvents.listen(filter, events => {
    if (events === 'reset') void resume()
    else if (!waiting) sendAll(events)
    else if (waiting.length < maxWaitingEvents) waiting.push(...events)
    else stream?.cutOff()
  })
  const end = () => {
    stop()
    leave()
    clearTimeout(timer)
    shutdown.removeEventListener('abort', finish)
  }
  const finish = () => stream?.finish()
  const lifeMs = Math.min(
    maxStreamMs,
    (user.tokenExpiresAt?.getTime() ?? Number.POSITIVE_INFINITY) - Date.now(),
  )
  const timer = setTimeout(finish, Math.max(0, lifeMs)).unref()
  shutdown.addEventListener('abort', finish)
  try {
    const missed = lastEventId === undefined ? undefined : jobEvents.after(lastEventId, filter)
    const id = jobEvents.lastId
    const snapshot = missed ? undefined : await readSnapshot()
    stream = new EventStream()
    stream.once('close', end)
    if (missed) sendAll(missed)
    else sendSnapshot(id, snapshot)
    flush()
  } catch (error) {
    end()
    throw error
  }
  if (shutdown.aborted) stream.finish()
  ctx.body = stream
  stream.once('close', () => {
    // A client that does not read is cut off here; for others the answer is over.
    if (!stream?.isCutOff) return
    logger.info('a client of events does not read: cut off')
    ctx.res.destroy()
  })

  function sendAll(events: readonly JobEvent[]): void {
    for (const event of events) send(event, isLast({ event }))
  }

  function sendSnapshot(id: string, data: unknown): void {
    send({ id, type: 'snapshot', data }, isLast({ snapshot: data }))
  }

  function send(event: SentEvent, isLastOne: boolean): void {
    stream?.send(isLastOne ? { ...event, id: endingId(event.id) } : event)
    if (isLastOne) stream?.finish()
  }

  function flush(): void {
    const events = waiting ?? []
    waiting = undefined
    sendAll(events)
    if (!isOutdated) return
    isOutdated = false
    void resume()
  }

  /** Tells a fresh snapshot, and then the events that came meanwhile. */
  async function resume(): Promise<void> {
    if (waiting) {
      isOutdated = true
      return
    }
    waiting = []
    const id = jobEvents.lastId
    try {
      sendSnapshot(id, await readSnapshot())
      flush()
    } catch (error) {
      // The client comes back, to this gateway or another, and is told the state then.
      logger.debug({ err: error }, 'an event stream ends: its snapshot could not be read')
      stream?.finish()
    }
  }
}
