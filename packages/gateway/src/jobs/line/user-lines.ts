import { readFileSync } from 'node:fs'
import type { RedisConnection } from '@jackalope/service-kit'
import type { ConversionQueue } from '../conversion-queue.ts'

/** Jobs of a user that one call looks at; a script must not hold Redis for long. */
const reach = 1_000

/** How long a job may take from its entry until Redis has it, in milliseconds. */
const addingMs = 30_000

/** Users whose turn one pass looks for, and how many at once. */
const maxUsers = 1_000
const atOnce = 50

/** BullMQ's lowest priority. */
const lowestPriority = 2 ** 21 - 1

/** Turns by user. A user's first job waits in the common line, in the order of arrival, as a message of RabbitMQ. Further ones
 *  stand back: they have a priority, the number of the user's jobs before them, and BullMQ starts them after all without one.
 *  When a user has no job in the line any more, and none that runs, the next one goes there. So a user with 500 files has one
 *  place in the line, as everybody else has, and what nobody else needs. */
export interface UserLines {
  /** Notes that a job is about to be added.
   *  @returns its priority; `undefined` for one in the common line
   *  @throws {HttpProblem} 503 */
  enter(ownerId: string, jobId: string, queue: ConversionQueue): Promise<number | undefined>
  /** Lets the next job of each user go into the common line whose turn it is.
   *  @returns how many did
   *  @throws {HttpProblem} 503, or an error of the queue */
  advance(queue: ConversionQueue): Promise<number>
}

export interface UserLinesOptions {
  redis: Pick<RedisConnection, 'run'>
  /** Prefix of the keys, for tests. @default jackalope */
  prefix?: string
}

const enterLine = readFileSync(new URL('enter-line.lua', import.meta.url), 'utf8')
const nextInLine = readFileSync(new URL('next-in-line.lua', import.meta.url), 'utf8')

/** The lines are in Redis, as the jobs are. What is lost there is made again with the jobs that are added again. */
export function createUserLines({ redis, prefix = 'jackalope' }: UserLinesOptions): UserLines {
  const users = `${prefix}:lines`
  const jobsOf = (ownerId: string) => `${prefix}:lines:${ownerId}`

  function nextOf(ownerId: string, { bull }: ConversionQueue): Promise<string> {
    const keys = [jobsOf(ownerId), users, bull.toKey('prioritized'), bull.toKey('delayed')]
    return redis.run('The line of conversions', async client =>
      String(await client.eval(nextInLine, keys.length, ...keys, ownerId, bull.toKey(''), reach, addingMs)),
    )
  }

  async function advanceUser(ownerId: string, queue: ConversionQueue): Promise<boolean> {
    const id = await nextOf(ownerId, queue)
    const job = id === '' ? undefined : await queue.getJob(id)
    if (!job) return false
    await job.changePriority({ priority: 0 })
    return true
  }

  return {
    async enter(ownerId, jobId, { bull }) {
      const keys = [jobsOf(ownerId), users]
      const others = await redis.run('The line of conversions', client =>
        client.eval(enterLine, keys.length, ...keys, ownerId, jobId, bull.toKey(''), reach, addingMs),
      )
      return Number(others) > 0 ? Math.min(Number(others), lowestPriority) : undefined
    },
    async advance(queue) {
      let advanced = 0
      const waiting = await redis.run('The line of conversions', client =>
        // Of many users others each time.
        client.srandmember(users, maxUsers),
      )
      for (let from = 0; from < waiting.length; from += atOnce) {
        const some = waiting.slice(from, from + atOnce).map(ownerId => advanceUser(ownerId, queue))
        for (const isAdvanced of await Promise.all(some)) if (isAdvanced) advanced += 1
      }
      return advanced
    },
  }
}
