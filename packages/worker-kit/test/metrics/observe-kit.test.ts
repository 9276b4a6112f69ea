import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { amqpUrl, onEnd, proxyTo, redisUrl } from '@jackalope/local-servers/testing'
import { Registry } from 'prom-client'
import { z } from 'zod'
import { type ConnectOptions, connect, UnrecoverableError } from '../../src/index.ts'
import { defineJob } from '../../src/job/index.ts'
import { observeKit } from '../../src/metrics/index.ts'
import { ended } from '../support/ended.ts'
import { parseMetrics, sampleOf } from '../support/parse-metrics.ts'
import { setup } from '../support/setup.ts'

const task = defineJob({ name: 'jobs', input: z.object({ do: z.string() }), attempts: 2 })
const queue = 'jobs'

interface ObservedOptions extends Pick<ConnectOptions, 'deadLetters'> {
  amqpUrl?: string
  redisUrl?: string
}

async function observed(t: TestContext, options: ObservedOptions = {}) {
  const { prefix } = setup(t)
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix, ...options })
  onEnd(t, () => kit.close())
  const register = new Registry()
  observeKit(kit, { register, timeoutMs: 1_000 })
  const scrape = async () => parseMetrics(await register.metrics())
  return { kit, scrape, add: async (what: string) => (await kit.queue(task).add({ do: what })).id }
}

test('counts how attempts end, and how long they took', async t => {
  const { kit, scrape, add } = await observed(t)
  kit.work(task, async ({ data, attempt, signal }) => {
    if (data.do === 'fail') throw new UnrecoverableError('broken')
    if (data.do === 'retry' && attempt === 1) throw new Error('not yet')
    if (data.do !== 'wait') return
    await once(signal, 'abort')
    throw signal.reason
  })
  const { bull } = kit.queue(task)
  const before = await scrape()
  assert.equal(sampleOf(before, 'worker_kit_jobs_completed_total', { queue }), 0)

  for (const what of ['pass', 'fail', 'retry']) await ended(bull, await add(what))
  const id = await add('wait')
  while ((await bull.getActiveCount()) === 0) await new Promise(setImmediate)
  await kit.queue(task).cancel(id)
  await ended(bull, id)
  const { id: later } = await kit.queue(task).add({ do: 'pass' }, { delay: 3_600_000 })
  await kit.queue(task).cancel(later)

  const metrics = await scrape()
  const total = (name: string) => sampleOf(metrics, `worker_kit_jobs_${name}_total`, { queue })
  assert.deepEqual(
    ['started', 'completed', 'failed', 'retried', 'canceled', 'stalled'].map(total),
    [5, 2, 1, 1, 2, 0],
  )
  const durations = 'worker_kit_job_duration_seconds'
  const measured = ['completed', 'failed', 'retried', 'canceled'].map(outcome =>
    sampleOf(metrics, durations, { queue, outcome }, `${durations}_count`),
  )
  assert.deepEqual(measured, [2, 1, 1, 1])
  assert.equal(sampleOf(metrics, 'worker_kit_publishes_total', { result: 'unconfirmed' }), 0)
  // At least four jobs, one of them twice, and the letters of three; a pump that looks in between publishes again.
  assert.ok((sampleOf(metrics, 'worker_kit_publishes_total', { result: 'confirmed' }) as number) >= 8)
})

test('tells how full the queue is, in Redis and in the broker', async t => {
  const { kit, scrape, add } = await observed(t, { deadLetters: { maxCount: 7 } })
  await add('pass')
  await kit.queue(task).add({ do: 'pass' }, { delay: 3_600_000 })
  const { id } = await kit.queue(task).add({ do: 'pass' })
  await kit.queue(task).cancel(id)
  const metrics = await scrape()
  const jobs = (state: string) => sampleOf(metrics, 'worker_kit_queue_jobs', { queue, state })
  assert.deepEqual(['waiting', 'active', 'delayed', 'failed', 'completed'].map(jobs), [1, 0, 1, 1, 0])
  // The message of the canceled job is dropped when a worker gets it.
  assert.equal(sampleOf(metrics, 'worker_kit_queue_messages_ready', { queue }), 2)
  assert.equal(sampleOf(metrics, 'worker_kit_queue_dead_letters', { queue }), 1)
  assert.equal(sampleOf(metrics, 'worker_kit_queue_dead_letters_limit', { queue }), 7)
  assert.equal(sampleOf(metrics, 'worker_kit_queue_consumers', { queue }), 0)
  assert.equal(sampleOf(metrics, 'worker_kit_servers_answered'), 1)
})

test('counts connections that came back; without an answer it says so, and gives no old numbers', async t => {
  const proxy = await proxyTo(t, amqpUrl())
  const { scrape, add } = await observed(t, { amqpUrl: proxy.url })
  await add('pass')
  await proxy.cut()
  const away = await scrape()
  assert.equal(sampleOf(away, 'worker_kit_servers_answered'), 0)
  assert.equal(sampleOf(away, 'worker_kit_queue_jobs', { queue, state: 'waiting' }), undefined)
  await proxy.restore()
  let back = await scrape()
  while (sampleOf(back, 'worker_kit_servers_answered') !== 1) back = await scrape()
  assert.equal(sampleOf(back, 'worker_kit_queue_jobs', { queue, state: 'waiting' }), 1)
  // Read before the servers were asked, in the scrape that saw them back.
  back = await scrape()
  const reconnects = (purpose: string) => sampleOf(back, 'worker_kit_broker_reconnects_total', { purpose })
  assert.equal(reconnects('consume'), 1)
})

test('the reader of the tests refuses what is against the format', () => {
  const head = '# HELP a_total Things\n# TYPE a_total counter\n'
  assert.equal(sampleOf(parseMetrics(`${head}a_total{b="c"} 1\n`), 'a_total', { b: 'c' }), 1)
  const faults = [
    `${head}a_total 1`,
    `${head}a_total 1\na_total 2\n`,
    `${head}a_total one\n`,
    `${head}b_total 1\n`,
    `${head}a_total{b='c'} 1\n`,
    '# TYPE a_total counter\na_total 1\n',
    '# HELP a Things\n# TYPE a counter\na 1\n',
    '# HELP a_s Time\n# TYPE a_s histogram\na_s_bucket{le="1"} 2\na_s_bucket{le="+Inf"} 1\na_s_sum 1\na_s_count 1\n',
  ]
  for (const text of faults) assert.throws(() => parseMetrics(text), text)
})
