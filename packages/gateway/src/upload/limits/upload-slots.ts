import { uploads } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'
import { Counts } from '../../http/counts.ts'

export interface UploadSlotOptions {
  /** Most uploads that run at once in this process: each holds up to a megabyte. Integer >= 1. */
  max: number
  /** Most uploads that one user runs at once in this process. Integer >= 1. */
  maxPerUser: number
}

/** Limits the uploads that run at once. */
export interface UploadSlots {
  /** Takes a slot; the function that is returned gives it back, once.
   *  @throws {HttpProblem} 429 when the user has too many, 503 when all have */
  take(userId: string): () => void
}

/** When a client should try again, in seconds. */
const retryAfterSeconds = 10

export function createUploadSlots({ max, maxPerUser }: UploadSlotOptions): UploadSlots {
  const taken = new Counts()
  let total = 0
  const headers = { 'Retry-After': String(retryAfterSeconds) }
  return {
    take(userId) {
      const own = taken.of(userId)
      if (own >= maxPerUser)
        throw problem(uploads.tooManyUploads, {
          detail: `You have ${own} uploads at once, the most that is allowed. Wait until one of them has ended.`,
          headers,
        })
      if (total >= max)
        throw problem(uploads.uploadsBusy, {
          detail: `Too many uploads run at the moment. Try again in ${retryAfterSeconds} seconds.`,
          headers,
        })
      taken.increase(userId)
      total += 1
      let isTaken = true
      return () => {
        if (!isTaken) return
        isTaken = false
        total -= 1
        taken.decrease(userId)
      }
    },
  }
}
