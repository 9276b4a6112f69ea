import { signal } from '@preact/signals'
import { refreshSession } from '../api/session.ts'
import type { JobEvent } from './apply-event.ts'
import { takeEvent } from './jobs.ts'

/** Whether what is shown may be old, since the connection is lost. */
export const isConnectionLost = signal(false)

const kinds = ['snapshot', 'state', 'progress', 'deleted'] as const

/** How long a connection may be gone before that is shown, in milliseconds: the service ends each after a while, and the browser
 *  comes back after two seconds. */
const goneAfterMs = 6_000

/** Wait before a refused connection is tried again, in milliseconds; it doubles up to the highest. */
const waits = { least: 2_000, most: 30_000 }

/** Follows what happens to the user's jobs. Of several tabs one has the connection, since a browser opens few to one host, and
 *  tells the others; when it is closed, another tab takes over. The browser reconnects by itself, and the service sends what was
 *  missed.
 *  @param userId - tabs of different users do not mix
 *  @returns ends it */
export function followJobs(userId: string): () => void {
  const end = new AbortController()
  const channel = new BroadcastChannel(`jackalope-events-${userId}`)
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ('wanted' in data) return
    take(data)
  }
  const take = (message: Message) => {
    if ('wanted' in message) return
    if ('isLost' in message) isConnectionLost.value = message.isLost
    else {
      isConnectionLost.value = false
      takeEvent(message.event)
    }
  }
  const tell = (message: Message) => {
    take(message)
    channel.postMessage(message)
  }
  const lead = () =>
    new Promise<void>(resolve => {
      const stop = openStream(tell)
      // A tab that comes later knows nothing yet.
      channel.onmessage = ({ data }: MessageEvent<Message>) => {
        if ('wanted' in data) stop.again()
      }
      end.signal.addEventListener('abort', () => {
        stop.close()
        resolve()
      })
    })
  if ('locks' in navigator)
    void navigator.locks.request(`jackalope-events-${userId}`, { signal: end.signal }, lead).catch(() => {})
  else void lead()
  channel.postMessage({ wanted: true })
  return () => {
    end.abort()
    channel.close()
  }
}

type Message = { event: JobEvent } | { isLost: boolean } | { wanted: true }

/** One connection, made anew when it is refused. */
function openStream(tell: (message: Message) => void) {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let gone: ReturnType<typeof setTimeout> | undefined
  let waitMs = waits.least
  const open = () => {
    clearTimeout(timer)
    source?.close()
    source = new EventSource('/events')
    source.onopen = () => {
      waitMs = waits.least
      clearTimeout(gone)
      gone = undefined
      tell({ isLost: false })
    }
    for (const kind of kinds)
      source.addEventListener(kind, ({ data }: MessageEvent<string>) =>
        tell({ event: { kind, data: JSON.parse(data) } as JobEvent }),
      )
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED) {
        gone ??= setTimeout(() => tell({ isLost: true }), goneAfterMs)
        return
      }
      tell({ isLost: true })
      // A refusal says no more than that: the session may have ended.
      void refreshSession().catch(() => {})
      timer = setTimeout(open, waitMs)
      waitMs = Math.min(waits.most, waitMs * 2)
    }
  }
  const reopen = () => {
    if (source?.readyState !== EventSource.OPEN) open()
  }
  addEventListener('online', reopen)
  open()
  return {
    again: open,
    close() {
      removeEventListener('online', reopen)
      clearTimeout(timer)
      clearTimeout(gone)
      source?.close()
    },
  }
}
