import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '@jackalope/local-servers/testing'
import { brokerAdmin, readyCount } from '../../support/broker-admin.ts'
import { Ledger } from '../../support/ledger.ts'
import { restoreSnapshot, setupWithPrivateRedis } from '../../support/private-redis.ts'

const backend = { recordOn: 'start' } as const

test('R7: Redis flushed with 100 jobs waiting, of both kinds: all run, none twice', async t => {
  const { queue, worker, redis } = await setupWithPrivateRedis(t)
  const ledger = new Ledger()
  const [recordedFirst, recordedAtStart] = [queue(), queue({ backend })]
  for (let chunk = 0; chunk < 5; chunk++) {
    await ledger.add(recordedFirst, 'recorded', 10)
    await ledger.add(recordedAtStart, 'not recorded', 10)
  }
  await redis.flushall()
  await ledger.add(recordedFirst, 'after', 1)
  await ledger.add(recordedAtStart, 'after', 1)
  const consumer = worker(async job => ledger.note(job.id), { concurrency: 10 })
  await ledger.untilRan(102)
  await consumer.close()

  t.diagnostic(String(ledger))
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
  assert.equal(await recordedFirst.getCompletedCount(), 102)
})

test('R7: Redis flushed under load: every confirmed job runs, and twice only what ran then', async t => {
  const { queue, worker, redis } = await setupWithPrivateRedis(t)
  const ledger = new Ledger()
  const jobs = queue({ backend })
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
  assert.ok(ledger.ranTwice.length <= 3 * running, `${ledger.ranTwice.length} ran twice`)
})

test('R7: Redis set back to an older snapshot: what waits runs once, and ids from before it are known', async t => {
  const { queue, worker, redis, server, amqpQueue } = await setupWithPrivateRedis(t)
  const admin = await brokerAdmin(t)
  const ledger = new Ledger()
  const jobs = queue({ backend, defaultJobOptions: { removeOnComplete: true } })
  const runAll = async (count: number) => {
    const consumer = worker(async job => ledger.note(job.id), { concurrency: 10 })
    await ledger.untilRan(count)
    await until(async () => (await readyCount(admin, amqpQueue)) === 0)
    await consumer.close()
  }
  const ranBefore = await ledger.add(jobs, 'ran before', 20)
  await runAll(20)
  await ledger.add(jobs, 'waiting before', 20)
  await redis.save()
  await ledger.add(jobs, 'added since', 20)
  await runAll(60)
  await ledger.add(jobs, 'waiting when it is set back', 50)
  await server.kill()
  await restoreSnapshot(server)
  await ledger.add(jobs, 'added while it is down', 10)
  await server.start()
  await jobs.addBulk(ranBefore.map(jobId => ({ name: 'again', data: {}, opts: { jobId } })))
  await ledger.add(jobs, 'added to the snapshot', 20)
  await runAll(140)

  t.diagnostic(String(ledger))
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
})

test('R7: a job that is running when Redis is flushed or set back runs again, by its message', async t => {
  const { queue, worker, redis, server } = await setupWithPrivateRedis(t)
  const ledger = new Ledger()
  const jobs = queue({ backend })
  await redis.save()
  const mayEnd = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  worker(async job => {
    ledger.note(job.id)
    await mayEnd[(ledger.runs.get(job.id as string) as number) - 1]?.promise
  })
  const [id] = (await ledger.add(jobs, 'long', 1)) as [string]
  await ledger.untilRuns(1)
  await redis.flushall()
  mayEnd[0]?.resolve()
  await ledger.untilRuns(2)
  await server.kill()
  await restoreSnapshot(server)
  await server.start()
  mayEnd[1]?.resolve()
  await ledger.untilRuns(3)
  await until(async () => (await (await jobs.getJob(id))?.getState()) === 'completed')
})
