import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { until } from '@jackalope/local-servers/testing'
import type { Redis } from 'ioredis'
import { Ledger } from '../support/ledger.ts'
import { setupWithPrivateRedis } from '../support/private-redis.ts'
import { addReadyParents } from '../support/ready-parents.ts'
import { startWorkerProcess } from '../support/worker-process.ts'

/** Parents whose children are done before anybody takes them. The long version: PARENTS=100000 BACKLOG=20000. */
const PARENTS = Number(process.env.PARENTS ?? 500)
const BACKLOG = Number(process.env.BACKLOG ?? 2_000)
const STALLED = 50
const FROZEN_LOCK_MS = 1_000
/** For all to run; to put them there takes as long. */
const PATIENCE_MS = 60_000 + 10 * (PARENTS + BACKLOG)
/** How far from the next in line a job is whose turn is looked at: more than workers have at hand, so not one of those
 *  that start out of turn. */
const PLACE = 50
/** After so many starts that job must have had its turn. */
const SOON = BACKLOG / 2

const TITLE =
  'parents and stalled jobs at the head of the line hold up no other job, however many they are, and all run'
test(TITLE, { timeout: 2 * PATIENCE_MS }, async t => {
  const { server, ...base } = await setupWithPrivateRedis(t)
  const ledger = new Ledger()
  const jobs = base.queue()

  const stalled = await ledger.add(jobs, 'hang', STALLED)
  const frozen = startWorkerProcess(t, ledger, {
    prefix: base.prefix,
    name: base.name,
    redisUrl: server.url,
    concurrency: STALLED,
    lockDurationMs: FROZEN_LOCK_MS,
  })
  await ledger.untilRan(STALLED)
  frozen.process.kill('SIGSTOP')
  const backlog = await ledger.add(jobs, 'a', BACKLOG)
  const parents = await addReadyParents(t, base, { count: PARENTS, url: server.url })
  ledger.expect(parents)

  /** When each job started, in that order. */
  const startedAt = new Map<string, number>()
  const looks: Promise<Look | undefined>[] = []
  await base.redis.config('RESETSTAT')
  for (let n = 0; n < 2; n++)
    base.worker(
      async job => {
        ledger.note(job.id)
        startedAt.set(String(job.id), performance.now())
        if (startedAt.size % 20 === 0) looks.push(lookIntoLine(base.redis, base.amqpQueue, startedAt.size))
      },
      { concurrency: 10, stalledInterval: FROZEN_LOCK_MS, maxStalledCount: 10 },
    )
  await until(async () => {
    const { wait = 0, active = 0 } = await jobs.getJobCounts('wait', 'active')
    return wait + active === 0
  }, PATIENCE_MS)

  const order = [...startedAt.keys()]
  const seen = (await Promise.all(looks)).filter(look => look !== undefined)
  t.diagnostic(String(ledger))
  t.diagnostic(`LREM took ${await lremMicros(base.redis)} us`)
  sayHowFast(t, [...startedAt.values()], seen.findLast(({ hasMessage }) => !hasMessage)?.starts ?? 0)
  assert.deepEqual(ledger.lost, [])
  assert.deepEqual(ledger.ranTwice.toSorted(), stalled.toSorted())

  const inBacklog = new Set(backlog)
  // As many parents as there is room for are among them.
  const first = order.slice(0, Math.max(100, Math.min(PARENTS, BACKLOG)))
  const early = first.filter(id => inBacklog.has(id)).length
  t.diagnostic(`${early} of the first ${first.length} to start were of the backlog`)
  assert.ok(early > first.length / 2)

  // A job that starts is searched for from the head of the line: whose turn does not come soon must not stand there.
  const turns = new Map(order.map((id, turn) => [id, turn]))
  const waits = seen
    .filter(({ hasMessage }) => hasMessage)
    .map(({ id, starts }) => (turns.get(id) as number) - starts)
  t.diagnostic(
    `${waits.length} jobs at place ${PLACE} had their turn after ${Math.max(...waits)} starts at most`,
  )
  assert.ok(waits.length > 0)
  assert.ok(Math.max(...waits) < SOON)
})

interface Look {
  id: string
  /** Without one the pump is about to see to it. */
  hasMessage: boolean
  /** How many jobs had started. */
  starts: number
}

/** The job at `PLACE`, if so many wait. */
async function lookIntoLine(redis: Redis, queueKey: string, starts: number): Promise<Look | undefined> {
  const script = `
    local id = redis.call("LINDEX", KEYS[1], ARGV[1])
    return id and { id, redis.call("HEXISTS", ARGV[2] .. id, "stamp") }`
  const found = await redis.eval(script, 1, `${queueKey}:wait`, -PLACE, `${queueKey}:`)
  if (found === null) return undefined
  const [id, hasMessage] = found as [string, number]
  return { id, hasMessage: hasMessage === 1, starts }
}

/** @param inTheWay - how many jobs had started when parents without a message were last seen near the head of the line */
function sayHowFast(t: TestContext, times: number[], inTheWay: number): void {
  const msBetween = (from: number, to: number) => (times[to] as number) - (times[from] as number)
  const size = Math.floor(times.length / 10)
  const rates = Array.from({ length: 10 }, (_, n) =>
    Math.round(((size - 1) * 1_000) / msBetween(n * size, (n + 1) * size - 1)),
  )
  const longestMs = times.reduce((longest, at, n) => Math.max(longest, at - (times[n - 1] ?? at)), 0)
  t.diagnostic(
    `starts a second, by tenths: ${rates.join(', ')}; none for ${Math.round(longestMs)} ms at most`,
  )
  t.diagnostic(`parents were in the way for ${inTheWay} starts, ${Math.round(msBetween(0, inTheWay))} ms`)
}

/** What one search of `wait` takes, on average. */
async function lremMicros(redis: Redis): Promise<number> {
  const stats = await redis.info('commandstats')
  return Number(/cmdstat_lrem:.*usec_per_call=([\d.]+)/.exec(stats)?.[1] ?? 0)
}
