import { HttpProblem } from '@jackalope/service-kit'

export interface WorkLimitOptions {
  /** How much runs at once. Integer >= 1. */
  maxRunning: number
  /** How much may wait for its turn; what comes then is refused. Integer >= 0. */
  maxWaiting: number
}

/** Runs work in the order of its coming.
 *  @throws {HttpProblem} 503 at once when too much is waiting already. */
export type WorkLimit = <T>(work: () => Promise<T>) => Promise<T>

/** Keeps costly work from eating a machine up: a flood of it is refused, not queued without end. */
export function createWorkLimit({ maxRunning, maxWaiting }: WorkLimitOptions): WorkLimit {
  const waiting: Array<() => void> = []
  let running = 0
  return async work => {
    if (running < maxRunning) running += 1
    else if (waiting.length < maxWaiting) await new Promise<void>(resolve => waiting.push(resolve))
    else throw tooBusy()
    try {
      return await work()
    } finally {
      // The place is handed on, not given up: a newcomer can't slip in before those who wait.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

function tooBusy(): HttpProblem {
  return new HttpProblem(503, {
    code: 'busy',
    detail: 'Too many people are registering or logging in at the moment. Please try again in a second.',
    headers: { 'Retry-After': '1' },
  })
}
