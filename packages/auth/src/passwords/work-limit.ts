import { users } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'

export interface WorkLimitOptions {
  /** How many tasks run at once. Integer >= 1. */
  maxRunning: number
  /** How many tasks may wait. Integer >= 0. */
  maxWaiting: number
  /** How many tasks of one origin may wait. Integer >= 1. */
  maxWaitingOfOne: number
}

/** Runs a task when its turn comes: the origins that wait take turns, the tasks of one run in the order of the calls.
 *  @param origin - who wants the task done, such as the network of a client
 *  @throws {HttpProblem} 503 at once when too many tasks of this origin are waiting; also later, when its origin has the
 *  most tasks waiting and another one needs the place */
export type WorkLimit = <T>(origin: string, work: () => Promise<T>) => Promise<T>

interface Waiting {
  start(): void
  refuse(): void
}

/** Limits costly work. A flood of tasks is refused instead of queued without a bound, and it comes at the expense of
 *  those who cause it: whoever has the most tasks waiting loses one to a newcomer. */
export function createWorkLimit({ maxRunning, maxWaiting, maxWaitingOfOne }: WorkLimitOptions): WorkLimit {
  // In the order of their turns. An origin without tasks has no entry.
  const queues = new Map<string, Waiting[]>()
  let running = 0
  let waiting = 0

  function wait(origin: string): Promise<void> {
    const queue = queues.get(origin) ?? []
    if (queue.length >= maxWaitingOfOne) throw tooBusy()
    if (waiting >= maxWaiting && !makeRoom(queue.length + 1)) throw tooBusy()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    queue.push({ start: resolve, refuse: () => reject(tooBusy()) })
    queues.set(origin, queue)
    waiting += 1
    return promise
  }

  /** Refuses the last task of the longest queue, if it is longer than that of the newcomer would be. */
  function makeRoom(newLength: number): boolean {
    const [origin, queue] = [...queues].reduce<[string, Waiting[]]>(
      (longest, entry) => (entry[1].length > longest[1].length ? entry : longest),
      ['', []],
    )
    if (queue.length <= newLength) return false
    queue.pop()?.refuse()
    if (queue.length === 0) queues.delete(origin)
    waiting -= 1
    return true
  }

  /** Takes the next task off the queue whose turn it is. */
  function next(): Waiting | undefined {
    const [turn] = queues
    if (!turn) return undefined
    const [origin, queue] = turn
    const task = queue.shift()
    // To the end of the round.
    queues.delete(origin)
    if (queue.length > 0) queues.set(origin, queue)
    waiting -= 1
    return task
  }

  return async (origin, work) => {
    if (running < maxRunning) running += 1
    else await wait(origin)
    try {
      return await work()
    } finally {
      // The slot goes directly to the next waiting task: a new task cannot overtake it.
      const task = next()
      if (task) task.start()
      else running -= 1
    }
  }
}

function tooBusy() {
  return problem(users.busy, {
    detail: 'Too many people are registering or logging in at the moment. Please try again in a second.',
    headers: { 'Retry-After': '1' },
  })
}
