import { files } from '@jackalope/contracts/api'
import { problem, unavailable } from '@jackalope/service-kit'
import { Counts } from '../http/counts.ts'

/** Most bytes that one download holds in memory: a query of the store, and what waits in the connection. */
export const bytesOfDownload = 2 * 1024 ** 2

/** Bytes that all downloads of a gateway may hold: 64 large ones, and many small ranges. */
const maxBytes = 64 * bytesOfDownload

/** Downloads of one reader at a time; a browser has six connections. */
const maxOfReader = 16

/** What a download needs to know of its answer. */
interface Closable {
  readonly destroyed: boolean
  once(event: 'close', listener: () => void): unknown
}

/** Counts the downloads of a gateway. */
export interface DownloadLimits {
  /** Takes a place until the answer is closed.
   *  @param reader - the user, or the link
   *  @param sizeBytes - of the answer; a small range holds little
   *  @throws {HttpProblem} 429, or 503 with `Retry-After` */
  enter(answer: Closable, reader: string, sizeBytes: number): void
}

export function createDownloadLimits(): DownloadLimits {
  const counts = new Counts()
  let heldBytes = 0
  return {
    enter(answer, reader, sizeBytes) {
      // The client has left: the event has come, and would be waited for in vain.
      if (answer.destroyed) return
      const own = counts.of(reader)
      if (own >= maxOfReader)
        throw problem(files.tooManyDownloads, {
          detail: `${own} downloads run already. Wait until one has ended.`,
          headers: { 'Retry-After': '5' },
        })
      const bytes = Math.min(sizeBytes, bytesOfDownload)
      if (heldBytes + bytes > maxBytes) throw unavailable('The store of files', { retryAfterSeconds: 5 })
      heldBytes += bytes
      counts.increase(reader)
      answer.once('close', () => {
        heldBytes -= bytes
        counts.decrease(reader)
      })
    },
  }
}
