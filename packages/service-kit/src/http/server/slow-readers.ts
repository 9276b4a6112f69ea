import type { ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { cutOff } from './cut-off.ts'

interface Progress {
  takenBytes: number
  since: number
}

/** Cuts off answers whose client takes none of the bytes that wait for it.
 *  @param running - answers in progress
 *  @param patienceMs - longest time without progress, in milliseconds
 *  @returns a function that ends the watch */
export function watchSlowReaders(
  running: ReadonlySet<ServerResponse>,
  patienceMs: number,
  logger: Logger,
): () => void {
  const progress = new WeakMap<ServerResponse, Progress>()
  const look = (response: ServerResponse) => {
    const { socket } = response
    if (!socket || socket.writableLength === 0) return void progress.delete(response)
    // `bytesWritten` includes what has been buffered.
    const takenBytes = socket.bytesWritten - socket.writableLength
    const before = progress.get(response)
    if (before?.takenBytes !== takenBytes) progress.set(response, { takenBytes, since: performance.now() })
    else if (performance.now() - before.since > patienceMs) {
      logger.info({ takenBytes }, 'cutting off a client that does not take its answer')
      cutOff(response)
    }
  }
  const timer = setInterval(() => running.forEach(look), Math.max(patienceMs / 4, 10)).unref()
  return () => clearInterval(timer)
}
