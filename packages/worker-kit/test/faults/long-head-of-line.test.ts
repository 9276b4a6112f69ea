import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { FlowProducer, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { Ledger } from '../support/ledger.ts'
import { setupWithPrivateRedis } from '../support/private-redis.ts'
import type { Setup } from '../support/setup.ts'
import { startWorkerProcess } from '../support/worker-process.ts'

/** Parents whose children are done before anybody takes them. The long version: PARENTS=100000. */
const PARENTS = Number(process.env.PARENTS ?? 500)
const BACKLOG = 2_000
const STALLED = 50
const FROZEN_LOCK_MS = 500
/** Flows that are added at a time. */
const AT_ONCE = 500

test('parents and stalled jobs at the head of the line all run, however long the backlog behind them', async t => {
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
  await ledger.add(jobs, 'a', BACKLOG)
  const parents = await addParents(t, base, server.url)
  ledger.expect(parents)

  const rescued = new Ledger()
  const startedAt = new Map<string, number>()
  await base.redis.config('RESETSTAT')
  for (let n = 0; n < 2; n++)
    base.worker(
      async job => {
        startedAt.set(String(job.id), performance.now())
        ledger.note(job.id)
        rescued.note(job.id)
      },
      { concurrency: 10, stalledInterval: FROZEN_LOCK_MS, maxStalledCount: 10 },
    )
  await rescued.untilRan(PARENTS + STALLED + BACKLOG)

  const order = [...rescued.runs.keys()]
  const isParent = new Set(parents)
  const lastParent = order.findLastIndex(id => isParent.has(id))
  const overtaken = order.slice(0, lastParent).filter(id => !isParent.has(id) && !stalled.includes(id)).length
  const rates = perSecond(parents.map(id => startedAt.get(id) as number))
  t.diagnostic(String(ledger))
  t.diagnostic(
    `parents a second, by tenths: ${rates.join(', ')}; backlog: ${perSecond(
      order.slice(lastParent).map(id => startedAt.get(id) as number),
      1,
    )}`,
  )
  t.diagnostic(
    `${overtaken} of the backlog started before the last parent; LREM took ${await lremMicros(base.redis)} us`,
  )
  assert.deepEqual(ledger.lost, [])
  assert.ok(ledger.ranTwice.every(id => stalled.includes(id)))
  assert.equal(order.length, PARENTS + STALLED + BACKLOG)
})

/** Adds parents by BullMQ alone, and has their children done by it. */
async function addParents(t: TestContext, { prefix, name, redis }: Setup, url: string): Promise<string[]> {
  const connection = { url, maxRetriesPerRequest: null }
  const flows = new FlowProducer({ connection, prefix })
  t.after(() => flows.close())
  const ids: string[] = []
  while (ids.length < PARENTS) {
    const children = [{ name: 'child', queueName: 'children', opts: { removeOnComplete: true } }]
    const flow = { name: 'parent', queueName: name, children }
    const added = await flows.addBulk(Array(Math.min(AT_ONCE, PARENTS - ids.length)).fill(flow))
    ids.push(...added.map(({ job }) => String(job.id)))
  }
  const parent = new Worker('children', async () => undefined, { connection, prefix, concurrency: 50 })
  await new Promise<void>(resolve => parent.once('drained', () => resolve()))
  await parent.close()
  assert.equal(await redis.zcard(`${prefix}:${name}:waiting-children`), 0)
  return ids
}

/** Starts a second in each of some equal parts. */
function perSecond(times: number[], parts = 10): number[] {
  const sorted = times.toSorted((a, b) => a - b)
  const size = Math.floor(sorted.length / parts)
  return Array.from({ length: parts }, (_, n) => {
    const [first, last] = [sorted[n * size] as number, sorted[(n + 1) * size - 1] as number]
    return Math.round((size - 1) / ((last - first) / 1_000))
  })
}

/** What one search of `wait` takes, on average. */
async function lremMicros(redis: Redis): Promise<number> {
  const stats = await redis.info('commandstats')
  return Number(/cmdstat_lrem:.*usec_per_call=([\d.]+)/.exec(stats)?.[1] ?? 0)
}
