import { jobs } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'

/** Streams that one gateway serves. */
const maxWatchers = 5_000

/** Streams of one user at one gateway. */
const maxWatchersOfUser = 1_000

/** Counts the event streams of a gateway. */
export interface WatcherLimits {
  /** @returns what gives the place back; safe to call twice
   *  @throws {HttpProblem} 429 */
  enter(userId: string): () => void
}

export function createWatcherLimits(): WatcherLimits {
  const counts = new Map<string, number>()
  let total = 0
  return {
    enter(userId) {
      const own = counts.get(userId) ?? 0
      if (total >= maxWatchers || own >= maxWatchersOfUser)
        throw problem(jobs.tooManyWatchers, {
          detail:
            own >= maxWatchersOfUser
              ? `You follow ${own} streams already. Close some, or follow GET /events.`
              : 'Too many streams are followed at the moment. Ask GET /jobs, or come back later.',
          headers: { 'Retry-After': '10' },
        })
      counts.set(userId, own + 1)
      total += 1
      let isLeft = false
      return () => {
        if (isLeft) return
        isLeft = true
        total -= 1
        const left = (counts.get(userId) ?? 1) - 1
        if (left === 0) counts.delete(userId)
        else counts.set(userId, left)
      }
    },
  }
}
