import type { Queue } from './states.ts'

/** All queues together. What could not be read counts as nothing. Jobs that are delayed do not wait for a worker: the next run of
 *  the upkeep always is. */
export function sumQueues(queues: readonly Pick<Queue, 'jobs' | 'deadLetters'>[]) {
  const sum = (of: (queue: Pick<Queue, 'jobs' | 'deadLetters'>) => number | undefined) =>
    queues.reduce((total, queue) => total + (of(queue) ?? 0), 0)
  return {
    waiting: sum(({ jobs }) => jobs && jobs.waiting + jobs.prioritized),
    running: sum(({ jobs }) => jobs?.active),
    deadLetters: sum(({ deadLetters }) => deadLetters),
  }
}
