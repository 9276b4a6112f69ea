import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { amqpUrl, onEnd, proxyTo, redisUrl } from '@jackalope/local-servers/testing'
import { FlowProducer, type Job } from 'bullmq'
import { backendOf } from '../../src/backend/backend-of.ts'
import { cancelJob, createRabbitmqBackend, deadLettersOf } from '../../src/index.ts'
import { brokerAdmin, readyCount } from '../support/broker-admin.ts'
import { ended } from '../support/ended.ts'
import { Ledger } from '../support/ledger.ts'
import { setup } from '../support/setup.ts'

test('a job that waits, with or without priority, or is delayed, fails at once and never runs', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const jobs = queue()
  for (const options of [{}, { priority: 2 }, { delay: 3_600_000 }]) {
    const { id } = await jobs.add('a', {}, { ...options, attempts: 5 })
    assert.equal(await cancelJob(jobs, id as string, 'not wanted'), 'canceled')
    const job = (await jobs.getJob(id as string)) as Job
    assert.deepEqual([await job.getState(), job.failedReason], ['failed', 'Canceled: not wanted'])
    assert.equal(await cancelJob(jobs, id as string, 'again'), 'finished')
  }
  const { letters } = await deadLettersOf(jobs).list()
  assert.deepEqual(
    letters.map(
      letter => letter.kind === 'job' && [letter.status, letter.failure.reason, letter.failure.starts],
    ),
    Array.from({ length: 3 }, () => ['failed', 'Canceled: not wanted', 0]),
  )
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id))
  const [last] = await ledger.add(jobs, 'last', 1)
  await ledger.untilRan(1)
  assert.deepEqual([...ledger.runs], [[last, 1]])
  const admin = await brokerAdmin(t)
  while ((await readyCount(admin, amqpQueue)) > 0) await delay(5)
})

test('a replay of a canceled job runs it', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  const { id } = (await jobs.add('a', {})) as { id: string }
  await cancelJob(jobs, id)
  const [replay] = await deadLettersOf(jobs).replay({ ids: [id] })
  assert.equal(replay?.outcome, 'retried')
  worker(async () => 'ran')
  assert.equal((await ended(jobs, id)).returnvalue, 'ran')
})

test('a cancel that races with the start is never lost', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const jobs = queue()
  const ran = new Set<string>()
  worker(
    async (job, _token, signal) => {
      ran.add(job.id as string)
      await delay(2_000, undefined, { signal })
    },
    { concurrency: 10 },
  )
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, async (_, n) => {
      const { id } = (await jobs.add('a', {}, { attempts: 2 })) as { id: string }
      // Every other one in the moment in which it is active, and its worker does not know yet.
      while (n % 2 === 1 && (await redis.lpos(`${amqpQueue}:active`, id)) === null) await delay(1)
      return [id, await cancelJob(jobs, id, 'race')] as const
    }),
  )
  const counts: Record<string, number> = {}
  for (const [id, outcome] of outcomes) {
    counts[outcome] = (counts[outcome] ?? 0) + 1
    assert.equal((await ended(jobs, id)).failedReason, 'Canceled: race', `${id} ${outcome}`)
    if (outcome === 'canceled') assert.ok(!ran.has(id), `${id} was canceled before it started, and ran`)
  }
  t.diagnostic(JSON.stringify(counts))
})

test('a cancel that races with retries ends them', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  const ledger = new Ledger()
  worker(async job => {
    ledger.note(job.id)
    throw new Error('again')
  })
  const { id } = (await jobs.add('a', {}, { attempts: 1_000_000, removeOnFail: false })) as { id: string }
  await ledger.untilRuns(20)
  const outcome = await cancelJob(jobs, id, 'stop')
  assert.ok(outcome === 'requested' || outcome === 'canceled', outcome)
  assert.equal((await ended(jobs, id)).failedReason, 'Canceled: stop')
})

test('an unknown job and one that has ended are told apart, and left alone', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  worker(async () => 'done')
  const { id } = (await jobs.add('a', {})) as { id: string }
  assert.equal((await ended(jobs, id)).returnvalue, 'done')
  assert.equal(await cancelJob(jobs, id), 'finished')
  assert.equal(await cancelJob(jobs, 'nobody'), 'unknown')
  assert.equal((await jobs.getJob(id))?.failedReason, undefined)
  assert.equal(await deadLettersOf(jobs).count(), 0)
})

test('a canceled parent fails when its children are done', async t => {
  const { queue, worker, prefix, name } = setup(t)
  const factory = createRabbitmqBackend({ url: amqpUrl() })
  const flows = new FlowProducer({ connection: { url: redisUrl() }, prefix }, factory)
  onEnd(t, () => flows.close())
  const flow = await flows.add({
    name: 'parent',
    queueName: name,
    children: [{ name: 'child', queueName: name }],
  })
  const jobs = queue()
  assert.equal(await cancelJob(jobs, flow.job.id as string, 'family'), 'requested')
  const ran: string[] = []
  worker(async job => void ran.push(job.name))
  assert.equal((await ended(jobs, flow.job.id as string)).failedReason, 'Canceled: family')
  assert.deepEqual(ran, ['child'])
})

test('a canceled job of a scheduler fails when it is due, and the next one comes', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  const first = await jobs.upsertJobScheduler('tick', { every: 300 }, { name: 'tick', data: {} })
  assert.equal(await cancelJob(jobs, first?.id as string, 'skip'), 'requested')
  const ran = Promise.withResolvers<string>()
  worker(async job => ran.resolve(job.id as string))
  assert.notEqual(await ran.promise, first?.id)
  assert.equal((await ended(jobs, first?.id as string)).failedReason, 'Canceled: skip')
  await jobs.removeJobScheduler('tick')
})

test('while the broker is away the wish is kept, and the job fails when it is back', async t => {
  const { queue, worker } = setup(t)
  const proxy = await proxyTo(t, amqpUrl())
  const jobs = queue({ backend: { url: proxy.url, confirmTimeoutMs: 500 } })
  const { id } = (await jobs.add('a', {})) as { id: string }
  await proxy.cut()
  await assert.rejects(cancelJob(jobs, id, 'unheard'), { code: 'ERR_DEAD_LETTER_UNCONFIRMED' })
  assert.equal(await (await jobs.getJob(id))?.getState(), 'waiting')
  worker(async () => assert.fail('it ran'))
  assert.equal((await ended(jobs, id)).failedReason, 'Canceled: unheard')
  await proxy.restore()
  assert.equal(await deadLettersOf(jobs).count(), 1)
})

test('whoever cancels a waiting job and dies before it has failed leaves it to the check for stalled jobs', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const jobs = queue()
  const { id } = (await jobs.add('a', {})) as { id: string }
  const failure = 'Canceled: by one who died'
  assert.equal(await backendOf(jobs).cancel(id, failure, 'cancel-of-one-who-died'), 'taken')
  assert.equal(await (await jobs.getJob(id))?.getState(), 'active')
  // As when its 30 seconds are over.
  await redis.del(`${amqpQueue}:${id}:lock`)
  worker(async () => assert.fail('it ran'), { stalledInterval: 100 })
  assert.equal((await ended(jobs, id)).failedReason, failure)
  assert.equal(await deadLettersOf(jobs).count(), 1)
})
