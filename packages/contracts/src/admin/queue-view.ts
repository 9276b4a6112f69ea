import { z } from 'zod'
import { operatedQueueNames } from '../operated-queues.ts'

const count = z.int().min(0)

/** A worker's connection to Redis. */
const queueWorker = z.object({
  id: z.string().describe("Redis' id of its connection."),
  name: z.string().optional().describe('Host, or pod, and process.'),
  address: z.string().describe('Where it connects from.'),
  connectedAt: z.iso.datetime(),
})

/** A job that runs. */
const runningJob = z.object({
  id: z.string(),
  attempt: z.int().describe('1 for the first.'),
  startedAt: z.iso.datetime().optional(),
  worker: z.string().optional().describe('Name of the worker that runs it, if that is known.'),
})

/** A queue as operators see it. What could not be read is missing, and `unreadable` says why. */
export const queueView = z
  .object({
    name: z.enum(operatedQueueNames),
    jobs: z
      .object({
        waiting: count,
        prioritized: count.describe('Waiting jobs that stand back behind those without a priority.'),
        active: count,
        delayed: count,
        completed: count.describe('Those that Redis still keeps.'),
        failed: count.describe('Those that Redis still keeps.'),
      })
      .optional()
      .describe('Jobs by state, as Redis has them.'),
    broker: z
      .object({
        ready: count.describe('Messages that no worker holds.'),
        consumers: count.describe('Subscriptions of workers.'),
      })
      .optional()
      .describe('What the broker says of the queue.'),
    unrecorded: count
      .optional()
      .describe(
        'Messages of the broker beyond the jobs that wait in Redis: of jobs that are recorded at their start.',
      ),
    deadLetters: count.optional(),
    paused: z.boolean().optional(),
    oldestWaitingAt: z.iso.datetime().optional().describe('When the waiting job was added that is next.'),
    workers: z.array(queueWorker).optional(),
    running: z.array(runningJob).optional().describe('Jobs that run, 50 at most.'),
    unreadable: z.array(z.string()).describe('What could not be read, in words. Usually empty.'),
  })
  .meta({ id: 'QueueView' })
export type QueueView = z.infer<typeof queueView>

export const queueList = z.object({ queues: z.array(queueView) })
export type QueueList = z.infer<typeof queueList>
