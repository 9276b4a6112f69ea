import type { IncomingMessage } from 'node:http'
import { uploads } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'

export interface SlownessOptions {
  /** Lowest rate of an upload, in bytes per second, on average over a window. 0 is no limit. */
  minBytesPerSecond: number
  /** Length of a window, in milliseconds. @default 60_000 */
  windowMs?: number
}

/** Watches the body of a request. The signal is aborted with a problem, 408, when too little arrives within a window,
 *  although all that has arrived was read.
 *  @returns the signal, and a function that ends the watch */
export function watchSlowness(
  request: IncomingMessage,
  { minBytesPerSecond, windowMs = 60_000 }: SlownessOptions,
): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController()
  const { socket } = request
  let seenBytes = socket.bytesRead
  const look = () => {
    const arrived = socket.bytesRead - seenBytes
    seenBytes = socket.bytesRead
    // Unread bytes mean that the store is slow, and not the client.
    if (request.complete || request.readableLength > 0) return
    if ((arrived / windowMs) * 1_000 < minBytesPerSecond) controller.abort(tooSlow(minBytesPerSecond))
  }
  const timer = minBytesPerSecond > 0 ? setInterval(look, windowMs).unref() : undefined
  return { signal: controller.signal, end: () => clearInterval(timer) }
}

function tooSlow(minBytesPerSecond: number) {
  return problem(uploads.uploadTooSlow, {
    detail: `Less than ${minBytesPerSecond} bytes per second arrived. Upload again, best by POST /uploads (tus), which can be resumed.`,
    extensions: { minBytesPerSecond },
  })
}
