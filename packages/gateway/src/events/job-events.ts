import { convertVideo } from '@jackalope/contracts'
import type { Kit, QueueEvent, SeenJob } from '@jackalope/worker-kit'
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import type { ConversionQueue } from '../jobs/conversion-queue.ts'
import { readConversion } from '../jobs/conversion-state.ts'
import { EventWindow } from './event-window.ts'
import { type JobEvent, toJobEvent } from './job-event.ts'

/** How far back a starting gateway reads, in milliseconds: clients of another gateway may come back here. */
const lookBackMs = 10 * 60_000

/** Events that are kept in memory, some 300 bytes each. BullMQ keeps about as many in Redis. */
const maxEvents = 10_000

/** A read that gives so many may begin where BullMQ has cut its stream off. */
const suspiciousBatch = 9_000

/** Owners of jobs that are remembered. */
const maxOwners = 20_000

export type EventFilter = { jobId: string } | { ownerId: string }

/** Called with events in order, or with `reset` when some may have been missed. Must not throw. */
export type EventListener = (events: readonly JobEvent[] | 'reset') => void

/** What happens to conversions, in all processes. All listeners of a gateway share one connection to Redis. */
export interface JobEvents {
  /** @returns what ends the listening */
  listen(filter: EventFilter, listener: EventListener): () => void
  /** The events after an id, if all of them are still known. */
  after(id: string, filter: EventFilter): JobEvent[] | undefined
  /** Id of the last event so far. */
  readonly lastId: string
}

export interface JobEventSource extends JobEvents {
  /** Starts to read; the kit closes the connection. */
  follow(kit: Pick<Kit, 'events' | 'queue'>): void
}

export function createJobEvents({ logger }: { logger: Logger }): JobEventSource {
  const startedAt = Date.now() - lookBackMs
  const window = new EventWindow(`${startedAt}-0`, maxEvents)
  const byJob = new Map<string, Set<EventListener>>()
  const byOwner = new Map<string, Set<EventListener>>()
  const owners = new LRUCache<string, string>({ max: maxOwners })

  async function take(entries: readonly QueueEvent[], queue: ConversionQueue): Promise<void> {
    const known = await look(entries, queue)
    const events = entries.flatMap(entry => {
      const job = known.get(entry.jobId ?? '')
      const event = toJobEvent(entry, job && readConversion(job).failure)
      return event ? [{ ...event, ownerId: owners.get(event.jobId) }] : []
    })
    const [first] = entries
    const isCut = first !== undefined && entries.length >= suspiciousBatch
    if (isCut) window.forgetBefore(first.id)
    window.add(events, entries.at(-1)?.id ?? window.lastId)
    if (isCut) reset()
    else tell(events)
  }

  /** Reads the jobs that failed, for their reasons, and those whose owners are not known, at once. */
  async function look(entries: readonly QueueEvent[], queue: ConversionQueue) {
    const wanted = entries.filter(({ jobId, name }) => jobId && (name === 'failed' || !owners.has(jobId)))
    const ids = [...new Set(wanted.map(({ jobId }) => jobId as string))]
    const jobs = await queue.readJobs(ids).catch((error: unknown) => {
      logger.warn({ err: error }, 'could not read the jobs of events')
      return []
    })
    const known = new Map<string, SeenJob>()
    for (const job of jobs) {
      if (!job) continue
      known.set(job.id, job)
      const { ownerId } = (job.data ?? {}) as { ownerId?: unknown }
      if (typeof ownerId === 'string') owners.set(job.id, ownerId)
    }
    return known
  }

  function tell(events: readonly JobEvent[]): void {
    for (const [jobId, part] of Map.groupBy(events, event => event.jobId)) call(byJob.get(jobId), part)
    for (const [ownerId, part] of Map.groupBy(events, event => event.ownerId))
      if (ownerId !== undefined) call(byOwner.get(ownerId), part)
  }

  function reset(): void {
    for (const listeners of [...byJob.values(), ...byOwner.values()]) call(listeners, 'reset')
  }

  return {
    follow(kit) {
      const queue = kit.queue(convertVideo)
      kit.events(convertVideo, {
        since: new Date(startedAt),
        onEvents: entries => take(entries, queue),
        // A Redis that has lost data tells nothing of what was in them.
        onReconnect: reset,
      })
    },
    listen(filter, listener) {
      const [map, key] = 'jobId' in filter ? [byJob, filter.jobId] : [byOwner, filter.ownerId]
      const listeners = map.get(key) ?? new Set()
      map.set(key, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0 && map.get(key) === listeners) map.delete(key)
      }
    },
    after(id, filter) {
      const isWanted =
        'jobId' in filter
          ? ({ jobId }: JobEvent) => jobId === filter.jobId
          : ({ ownerId }: JobEvent) => ownerId === filter.ownerId
      return window.after(id)?.filter(isWanted)
    },
    get lastId() {
      return window.lastId
    },
  }
}

function call(listeners: Set<EventListener> | undefined, events: readonly JobEvent[] | 'reset'): void {
  for (const listener of listeners ?? []) listener(events)
}
