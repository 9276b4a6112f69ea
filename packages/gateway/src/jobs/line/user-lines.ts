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
  /** The jobs of a user that have not ended, oldest first, as far as Redis knows.
   *  @throws {HttpProblem} 503 */
  openJobs(ownerId: string, queue: ConversionQueue): Promise<string[]>
  /** Notes jobs that stand back and are in no line, a part of them at each call: an operator has had them tried again, say.
   *  @throws {HttpProblem} 503 */
  noteStrays(queue: ConversionQueue): Promise<void>
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

/** Jobs that stand back of which one call notes those that are in no line. */
const straysAtOnce = 100

const readLua = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const pruneEnded = readLua('prune-ended.lua')
const enterLine = pruneEnded + readLua('enter-line.lua')
const openJobs = pruneEnded + readLua('open-jobs.lua')
const nextInLine = readLua('next-in-line.lua')
const what = 'The line of conversions'

/** The lines are in Redis, as the jobs are. What is lost there is made again with the jobs that are added again. */
export function createUserLines({ redis, prefix = 'jackalope' }: UserLinesOptions): UserLines {
  const users = `${prefix}:lines`
  const jobsOf = (ownerId: string) => `${prefix}:lines:${ownerId}`

  function nextOf(ownerId: string, { bull }: ConversionQueue): Promise<string> {
    const keys = [jobsOf(ownerId), users, bull.toKey('prioritized'), bull.toKey('delayed')]
    return redis.run(what, async client =>
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

  /** Where the look at the jobs that stand back goes on. */
  let cursor = '0'

  return {
    openJobs: (ownerId, { bull }) =>
      redis.run(what, async client => {
        const found = await client.eval(openJobs, 1, jobsOf(ownerId), bull.toKey(''), reach, addingMs)
        return (found as unknown[]).map(String)
      }),
    noteStrays: ({ bull }) =>
      redis.run(what, async client => {
        const [next, entries] = await client.zscan(bull.toKey('prioritized'), cursor, 'COUNT', straysAtOnce)
        cursor = next
        const ids = entries.filter((_, index) => index % 2 === 0)
        const data = await Promise.all(ids.map(id => client.hget(bull.toKey(id), 'data')))
        const notes = ids.map(async (id, index) => {
          const ownerId = readOwner(data[index])
          if (ownerId === undefined) return
          // One that is noted keeps its place.
          await client.zadd(jobsOf(ownerId), 'NX', Date.now(), id)
          await client.sadd(users, ownerId)
        })
        await Promise.all(notes)
      }),
    async enter(ownerId, jobId, { bull }) {
      const keys = [jobsOf(ownerId), users]
      const others = await redis.run(what, client =>
        client.eval(enterLine, keys.length, ...keys, ownerId, jobId, bull.toKey(''), reach, addingMs),
      )
      return Number(others) > 0 ? Math.min(Number(others), lowestPriority) : undefined
    },
    async advance(queue) {
      let advanced = 0
      const waiting = await redis.run(what, client =>
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

function readOwner(data: string | null | undefined): string | undefined {
  try {
    const { ownerId } = JSON.parse(data ?? '{}') as { ownerId?: unknown }
    return typeof ownerId === 'string' ? ownerId : undefined
  } catch {
    return undefined
  }
}
