import { problem, unavailable } from '@jackalope/service-kit'
import { rateLimited } from '@jackalope/service-kit/endpoint'

export interface TurnLimits {
  /** What runs at a time, of all users. */
  running: number
  /** What runs at a time, of one user. */
  runningOfUser: number
  /** What may wait, of one user; more is refused with 429. */
  waitingOfUser: number
  /** What may wait, of all users; more is refused with 503. */
  waiting: number
}

/** Lets requests that cost much run a few at a time, so that many of one user neither fill the memory nor keep others
 *  waiting. */
export interface Turns {
  /** @throws {HttpProblem} 429 or 503 with `Retry-After` when too many wait */
  run<T>(userId: string, work: () => Promise<T>): Promise<T>
}

interface Line {
  running: number
  waiting: (() => void)[]
}

export function createTurns({ running, runningOfUser, waitingOfUser, waiting }: TurnLimits): Turns {
  /** Users with something to do; the first is the next to get a turn. */
  const lines = new Map<string, Line>()
  let runningNow = 0
  let waitingNow = 0

  function startNext(): void {
    for (const [userId, line] of lines) {
      if (runningNow >= running) return
      if (line.running >= runningOfUser || line.waiting.length === 0) continue
      const start = line.waiting.shift() as () => void
      // The user goes to the end: each gets one turn after the other.
      lines.delete(userId)
      lines.set(userId, line)
      waitingNow -= 1
      runningNow += 1
      line.running += 1
      start()
    }
  }

  async function turn(userId: string): Promise<Line> {
    const line = lines.get(userId) ?? { running: 0, waiting: [] }
    if (line.waiting.length >= waitingOfUser)
      throw problem(rateLimited, {
        detail: 'Too many requests of yours wait for their turn. Send them one after the other.',
        headers: { 'Retry-After': '1' },
      })
    if (waitingNow >= waiting) throw unavailable('The service', { retryAfterSeconds: 2 })
    lines.set(userId, line)
    waitingNow += 1
    await new Promise<void>(resolve => {
      line.waiting.push(resolve)
      startNext()
    })
    return line
  }

  return {
    async run(userId, work) {
      const line = await turn(userId)
      try {
        return await work()
      } finally {
        runningNow -= 1
        line.running -= 1
        if (line.running === 0 && line.waiting.length === 0) lines.delete(userId)
        startNext()
      }
    },
  }
}
