import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '@jackalope/local-servers/testing'
import type { Job } from 'bullmq'
import { brokerAdmin, readyCount } from '../../support/broker-admin.ts'
import { Ledger } from '../../support/ledger.ts'
import { type Setup, setup } from '../../support/setup.ts'

const backend = { recordOn: 'start' } as const

/** What the queue's event stream tells, in its order. */
async function eventsOf({ redis, amqpQueue }: Setup): Promise<{ event: string; jobId?: string }[]> {
  const entries = await redis.xrange(`${amqpQueue}:events`, '-', '+')
  return entries.map(([, fields]) => {
    const pairs = fields.flatMap((name, i) => (i % 2 === 0 ? [[name, fields[i + 1]]] : []))
    return Object.fromEntries(pairs)
  })
}

test('of a paused queue a worker records one job, and keeps the order of all; another worker may go on with them', async t => {
  const place = setup(t)
  const { queue, worker, amqpQueue } = place
  const admin = await brokerAdmin(t)
  const ledger = new Ledger()
  const jobs = queue({ backend })
  await jobs.pause()
  const ids = await ledger.add(jobs, 'waiting', 20)
  const first = worker(async job => ledger.note(job.id))
  await until(async () => (await jobs.getWaitingCount()) === 1)
  await first.close()
  const second = worker(async job => ledger.note(job.id))
  await until(async () => (await readyCount(admin, amqpQueue)) === 19)
  await jobs.resume()
  await ledger.untilRan(20)
  await second.close()

  const seen = await eventsOf(place)
  const resumedAt = seen.findIndex(({ event }) => event === 'resumed')
  const addedBefore = seen.slice(0, resumedAt).filter(({ event }) => event === 'added')
  assert.deepEqual(
    addedBefore.map(({ jobId }) => jobId),
    [ids[0]],
  )
  assert.deepEqual([...ledger.runs.keys()], ids)
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
})

test('a rate limit keeps the order, and records of the jobs that wait no more than the one that it refused', async t => {
  const { queue, worker } = setup(t)
  const ledger = new Ledger()
  const jobs = queue({ backend })
  const ids = await ledger.add(jobs, 'waiting', 9)
  let mostWaiting = 0
  const startedAt: number[] = []
  const consumer = worker(
    async job => {
      startedAt.push(Date.now())
      ledger.note(job.id)
      mostWaiting = Math.max(mostWaiting, await jobs.getWaitingCount())
    },
    { limiter: { max: 3, duration: 300 }, concurrency: 3 },
  )
  await ledger.untilRan(9)
  await consumer.close()
  assert.deepEqual([...ledger.runs.keys()], ids)
  assert.ok(mostWaiting <= 1, `${mostWaiting} jobs recorded that wait`)
  const tookMs = (startedAt[8] as number) - (startedAt[0] as number)
  assert.ok(tookMs >= 500, `9 jobs within ${tookMs} ms`)
  assert.deepEqual(ledger.ranTwice, [])
})

test('a full queue (global concurrency) starts no more than it may, loses none and runs none twice', async t => {
  const { queue, worker } = setup(t)
  const ledger = new Ledger()
  const jobs = queue({ backend })
  await jobs.setGlobalConcurrency(2)
  await ledger.add(jobs, 'waiting', 40)
  let running = 0
  let mostRunning = 0
  let mostWaiting = 0
  const run = async (job: Job) => {
    running += 1
    mostRunning = Math.max(mostRunning, running)
    ledger.note(job.id)
    mostWaiting = Math.max(mostWaiting, await jobs.getWaitingCount())
    running -= 1
  }
  const workers = [1, 2].map(() => worker(run, { concurrency: 3 }))
  await ledger.untilRan(40)
  await Promise.all(workers.map(worker => worker.close()))
  assert.equal(mostRunning, 2)
  // Each worker may be refused by two calls at once.
  assert.ok(mostWaiting <= 4, `${mostWaiting} jobs recorded that wait`)
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
})
