import { jobs } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'
import { Counts } from '../http/counts.ts'

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
  const counts = new Counts()
  let total = 0
  return {
    enter(userId) {
      const own = counts.of(userId)
      if (total >= maxWatchers || own >= maxWatchersOfUser)
        throw problem(jobs.tooManyWatchers, {
          detail:
            own >= maxWatchersOfUser
              ? `You follow ${own} streams already. Close some, or follow GET /events.`
              : 'Too many streams are followed at the moment. Ask GET /jobs, or come back later.',
          headers: { 'Retry-After': '10' },
        })
      counts.increase(userId)
      total += 1
      let isLeft = false
      return () => {
        if (isLeft) return
        isLeft = true
        total -= 1
        counts.decrease(userId)
      }
    },
  }
}
