import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Queue } from 'bullmq'
import { brokerAdmin, readyCount } from '../support/broker-admin.ts'
import { Ledger } from '../support/ledger.ts'
import { restoreSnapshot, setupWithPrivateRedis } from '../support/private-redis.ts'

test('R7: Redis flushed with 100 jobs waiting: all run, none twice', async t => {
  const { queue, worker, redis } = await setupWithPrivateRedis(t)
  const ledger = new Ledger()
  const jobs = queue()
  await ledger.add(jobs, 'waiting', 100)
  await redis.flushall()
  const [after] = await ledger.add(jobs, 'after', 1)
  const consumer = worker(async job => ledger.note(job.id), { concurrency: 10 })
  await ledger.untilRan(101)
  await consumer.close()

  t.diagnostic(String(ledger))
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
  assert.ok(Number(after) > 100, `${after} was given out before`)
  assert.equal(await jobs.getCompletedCount(), 101)
})

test('R7: Redis flushed under load: every confirmed job runs', async t => {
  const { queue, worker, redis } = await setupWithPrivateRedis(t)
  const ledger = new Ledger()
  const jobs = queue()
  const running = 10
  const consumer = worker(async job => ledger.note(job.id), { concurrency: running })
  for (let round = 1; round <= 3; round++) {
    await ledger.add(jobs, `round ${round}`, 200)
    await redis.flushall()
    await ledger.untilRan(200 * round)
  }
  await consumer.close()

  t.diagnostic(String(ledger))
  assert.deepEqual(ledger.lost, [])
  // What ran when Redis forgot it could not be recorded as done.
  assert.ok(ledger.ranTwice.length <= 3 * running, `${ledger.ranTwice.length} ran twice`)
})

test('R7: Redis set back to an older snapshot: what was added since runs, what had ended before stays so', async t => {
  const { queue, worker, redis, server, amqpQueue } = await setupWithPrivateRedis(t)
  const admin = await brokerAdmin(t)
  const ledger = new Ledger()
  const jobs = queue()
  const finishedBefore = await runAll(ledger, jobs, worker, 'finished before', 20)
  const removedBefore = await addOnly(jobs, 'removed before', 20)
  await removeAll(jobs, removedBefore)
  await ledger.add(jobs, 'waiting before', 50)
  await redis.save()

  await ledger.add(jobs, 'added since', 100)
  const removedSince = await addOnly(jobs, 'removed since', 10)
  await removeAll(jobs, removedSince)
  const waiting = await readyCount(admin, amqpQueue)
  await server.kill()
  await restoreSnapshot(server)
  await server.start()
  await ledger.add(jobs, 'added to the snapshot', 20)

  const ran: string[] = []
  const consumer = worker(
    async job => {
      ran.push(job.id as string)
      ledger.note(job.id)
    },
    { concurrency: 10 },
  )
  await ledger.untilRan(finishedBefore.length + 50 + 100 + 20 + removedSince.length)
  while ((await readyCount(admin, amqpQueue)) > 0) await new Promise(resolve => setImmediate(resolve))
  await consumer.close()

  t.diagnostic(String(ledger))
  t.diagnostic(`${waiting} messages when Redis was killed`)
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
  const again = new Set(ran)
  assert.deepEqual(
    [...finishedBefore, ...removedBefore].filter(id => again.has(id)),
    [],
  )
  // Unavoidable: that they were removed is what Redis has forgotten.
  assert.deepEqual(removedSince.filter(id => again.has(id)).sort(), removedSince.sort())
})

test('R7: of the jobs that ended after the snapshot only those run again that it shows as waiting', async t => {
  const { queue, worker, redis, server } = await setupWithPrivateRedis(t)
  const ledger = new Ledger()
  const jobs = queue()
  const waitingThen = await ledger.add(jobs, 'waiting in the snapshot', 10)
  await redis.save()
  await ledger.add(jobs, 'not in the snapshot', 10)
  const first = worker(async job => ledger.note(job.id))
  await ledger.untilRan(20)
  await first.close()
  await server.kill()
  await restoreSnapshot(server)
  await server.start()

  await ledger.add(jobs, 'last', 1)
  const second = worker(async job => ledger.note(job.id))
  await ledger.untilRuns(31)
  await second.close()
  t.diagnostic(String(ledger))
  assert.deepEqual(ledger.lost, [])
  assert.deepEqual(ledger.ranTwice.sort(), waitingThen.sort())
})

test('Redis killed and started under load: every confirmed job runs', async t => {
  const { queue, worker, server } = await setupWithPrivateRedis(t)
  const ledger = new Ledger()
  const jobs = queue()
  jobs.on('error', () => undefined)
  const concurrency = 5
  const consumer = worker(async job => ledger.note(job.id), { concurrency, lockDuration: 5_000 })
  const loading = addThrough(ledger, jobs)
  await ledger.untilRan(100)
  await server.kill()
  await server.start()
  const confirmed = await loading.stopAfter(100)
  await ledger.untilRan(confirmed)
  while (ledger.lost.length > 0) await ledger.untilRuns(ledger.runCount + 1)
  await consumer.close()

  t.diagnostic(String(ledger))
  assert.deepEqual(ledger.lost, [])
  assert.ok(ledger.ranTwice.length <= concurrency, `${ledger.ranTwice.length} ran twice`)
})

async function addOnly(queue: Queue, name: string, count: number): Promise<string[]> {
  const jobs = await queue.addBulk(Array.from({ length: count }, () => ({ name, data: {} })))
  return jobs.map(({ id }) => id as string)
}

async function removeAll(queue: Queue, ids: string[]): Promise<void> {
  for (const id of ids) await queue.remove(id)
}

async function runAll(
  ledger: Ledger,
  queue: Queue,
  worker: Awaited<ReturnType<typeof setupWithPrivateRedis>>['worker'],
  name: string,
  count: number,
): Promise<string[]> {
  const ids = await ledger.add(queue, name, count)
  const consumer = worker(async job => ledger.note(job.id))
  await ledger.untilRan(count)
  await consumer.close()
  return ids
}

/** Adds jobs one after another, also while Redis is away; what is refused then was not confirmed. */
function addThrough(ledger: Ledger, queue: Queue): { stopAfter(more: number): Promise<number> } {
  let confirmed = 0
  let last = Number.POSITIVE_INFINITY
  const adding = (async () => {
    while (confirmed < last)
      confirmed += await ledger.add(queue, 'load', 1).then(
        () => 1,
        () => 0,
      )
  })()
  return {
    async stopAfter(more) {
      last = confirmed + more
      await adding
      return confirmed
    },
  }
}
