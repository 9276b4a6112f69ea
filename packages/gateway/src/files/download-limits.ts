import { files } from '@jackalope/contracts/api'
import { problem, unavailable } from '@jackalope/service-kit'

/** Most bytes that one download holds in memory: a query of the store, and what waits in the connection. */
export const bytesOfDownload = 2 * 1024 ** 2

/** Bytes that all downloads of a gateway may hold: 64 large ones, and many small ranges. */
const maxBytes = 64 * bytesOfDownload

/** Downloads of one reader at a time; a browser has six connections. */
const maxOfReader = 16

/** Counts the downloads of a gateway. */
export interface DownloadLimits {
  /** @param reader - the user, or the link
   *  @param sizeBytes - of the answer; a small range holds little
   *  @returns what gives the place back; safe to call twice
   *  @throws {HttpProblem} 429, or 503 with `Retry-After` */
  enter(reader: string, sizeBytes: number): () => void
}

export function createDownloadLimits(): DownloadLimits {
  const counts = new Map<string, number>()
  let heldBytes = 0
  return {
    enter(reader, sizeBytes) {
      const own = counts.get(reader) ?? 0
      if (own >= maxOfReader)
        throw problem(files.tooManyDownloads, {
          detail: `${own} downloads run already. Wait until one has ended.`,
          headers: { 'Retry-After': '5' },
        })
      const bytes = Math.min(sizeBytes, bytesOfDownload)
      if (heldBytes + bytes > maxBytes) throw unavailable('The store of files', { retryAfterSeconds: 5 })
      heldBytes += bytes
      counts.set(reader, own + 1)
      let isLeft = false
      return () => {
        if (isLeft) return
        isLeft = true
        heldBytes -= bytes
        const left = (counts.get(reader) ?? 1) - 1
        if (left === 0) counts.delete(reader)
        else counts.set(reader, left)
      }
    },
  }
}
