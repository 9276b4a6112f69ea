import type { BlobStore } from '@jackalope/blob-store'
import { uploads } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'

/** How long a sum of what is stored is used, in milliseconds: to add it up is work for the store. */
const sumMs = 10_000

/** Keeps all files together within a limit of the operator's, where the store does not tell how much room it has. */
export interface TotalRoom {
  /** Resolves when so many bytes fit besides what is stored.
   *  @throws {HttpProblem} 507 */
  ensure(sizeBytes: number): Promise<void>
}

/** @param maxBytes - of uploaded files and audio; `Infinity` is no limit */
export function createTotalRoom(
  maxBytes: number,
  { videos, audios }: Record<'videos' | 'audios', Pick<BlobStore, 'usage'>>,
): TotalRoom {
  let stored = { sum: Promise.resolve(0), untilMs: 0 }
  const add = async () => {
    const usages = await Promise.all([videos.usage({}), audios.usage({})])
    return usages.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  }
  return {
    async ensure(sizeBytes) {
      if (maxBytes === Number.POSITIVE_INFINITY) return
      // All that ask at once share one sum.
      if (performance.now() > stored.untilMs) {
        const sum = add()
        stored = { sum, untilMs: performance.now() + sumMs }
        sum.catch(() => {
          stored.untilMs = 0
        })
      }
      if ((await stored.sum) + sizeBytes > maxBytes)
        throw problem(uploads.storeFull, {
          detail: 'The store of files has no room for this file. Try again later, or tell the operator.',
        })
    },
  }
}
