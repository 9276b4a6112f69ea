import { HttpProblem } from '@jackalope/service-kit'

export interface WorkLimitOptions {
  /** How many tasks run at once. Integer >= 1. */
  maxRunning: number
  /** How many tasks may wait; further ones are refused. Integer >= 0. */
  maxWaiting: number
}

/** Runs a task when its turn comes, in the order of the calls.
 *  @throws {HttpProblem} 503 at once when too many tasks are waiting */
export type WorkLimit = <T>(work: () => Promise<T>) => Promise<T>

/** Limits costly work: a flood of tasks is refused instead of queued without a bound. */
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
      // The slot goes directly to the next waiting task: a new task cannot overtake it.
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
