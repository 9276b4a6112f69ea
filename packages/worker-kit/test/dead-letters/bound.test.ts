import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { amqpUrl, onEnd, until } from '@jackalope/local-servers/testing'
import type { Channel } from 'amqplib'
import type { Queue } from 'bullmq'
import { Broker } from '../../src/amqp/broker.ts'
import type { DeadLetterBound } from '../../src/amqp/topology.ts'
import { DeadLetterTrimmer } from '../../src/dead-letters/dead-letter-trimmer.ts'
import { readDeadLetterQueue } from '../../src/dead-letters/read-dead-letter-queue.ts'
import {
  createRabbitmqBackend,
  deadLettersOf,
  type MalformedMessage,
  type RabbitmqQueueBackend,
} from '../../src/index.ts'
import { queueKeys } from '../../src/redis/queue-keys.ts'
import { brokerAdmin, readyCount } from '../support/broker-admin.ts'
import { privateRabbitmq } from '../support/private-rabbitmq.ts'
import { type Setup, setup } from '../support/setup.ts'

/** Puts messages 1 to `count` into the dead-letter queue. */
async function fill(
  base: Setup,
  admin: Channel,
  count: number,
  writtenAt?: (n: number) => number | undefined,
) {
  const jobs = base.queue()
  const letters = deadLettersOf(jobs)
  // Declares the queue.
  await letters.count()
  const queue = `${base.amqpQueue}:dead`
  for (let n = 1; n <= count; n++)
    admin.sendToQueue(queue, Buffer.from(String(n)), {
      persistent: true,
      messageId: String(n),
      headers: { 'x-dead-at': writtenAt?.(n) },
    })
  await until(async () => (await readyCount(admin, queue)) === count)
  return { jobs, letters, queue }
}

async function numbers(letters: ReturnType<typeof deadLettersOf>): Promise<number[]> {
  const page = await letters.list({ limit: 10_000 })
  return (page.letters as MalformedMessage[]).map(({ body }) => Number(body))
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** Trims without a worker, and often. */
async function trim(
  t: TestContext,
  base: Setup,
  jobs: Queue,
  deadLetterBound: DeadLetterBound,
  ageIntervalMs = 20,
) {
  const broker = new Broker({ url: amqpUrl() })
  broker.retain()
  onEnd(t, () => broker.release())
  const { topology, client } = jobs.getBackend() as unknown as RabbitmqQueueBackend
  const warnings: string[] = []
  const trimmer = new DeadLetterTrimmer({
    broker,
    topology: { ...topology, deadLetterBound },
    queue: { keys: queueKeys(base.prefix, base.name), client: () => client },
    onWarning: error => warnings.push(error.message),
    countIntervalMs: 20,
    ageIntervalMs,
  })
  trimmer.start()
  onEnd(t, () => trimmer.close())
  return { warnings, trimmer }
}

test('a worker removes the oldest dead letters beyond a count, also from a queue that had no bound before', async t => {
  const base = setup(t)
  const admin = await brokerAdmin(t)
  const { jobs, letters } = await fill(base, admin, 20)
  assert.equal(letters.bound, undefined)
  const backend = { deadLetters: { maxCount: 15 } }
  const consumer = base.worker(
    async () => {
      throw new Error('broken')
    },
    { backend },
  )
  const warned = new Promise<Error & { code?: string }>(resolve => consumer.on('error', resolve))
  const failed = once(consumer, 'failed')
  await jobs.add('a', {})
  await failed
  const { code, message } = await warned
  assert.equal(code, 'ERR_DEAD_LETTERS_BOUND')
  assert.match(message, /the oldest 6 were removed/)
  assert.equal(await letters.count(), 15)
  // The new letter, a job's, is the youngest.
  const { letters: found } = await letters.list()
  assert.deepEqual(
    (found as MalformedMessage[]).flatMap(({ kind, body }) => (kind === 'malformed' ? [Number(body)] : [])),
    range(7, 20),
  )
  assert.deepEqual(deadLettersOf(base.queue({ backend })).bound, { maxCount: 15 })
})

test('trims in order, also after the letters were read, and again when the bound is changed', async t => {
  const base = setup(t)
  const admin = await brokerAdmin(t)
  const { jobs, letters } = await fill(base, admin, 3_000)
  assert.equal((await numbers(letters)).length, 3_000)
  const first = await trim(t, base, jobs, { maxCount: 1_200 })
  await until(async () => (await letters.count()) === 1_200)
  await first.trimmer.close()
  assert.deepEqual(await numbers(letters), range(1_801, 3_000))
  await trim(t, base, jobs, { maxCount: 2 })
  await until(async () => (await letters.count()) === 2)
  assert.deepEqual(await numbers(letters), [2_999, 3_000])
})

test('warns once when 80 % of the count is reached, and removes nothing', async t => {
  const base = setup(t)
  const admin = await brokerAdmin(t)
  const { jobs, letters, queue } = await fill(base, admin, 7)
  const { warnings } = await trim(t, base, jobs, { maxCount: 10 })
  admin.sendToQueue(queue, Buffer.from('8'))
  await until(async () => warnings.length > 0)
  admin.sendToQueue(queue, Buffer.from('9'))
  await until(async () => (await letters.count()) === 9)
  admin.sendToQueue(queue, Buffer.from('10'))
  admin.sendToQueue(queue, Buffer.from('11'))
  await until(async () => warnings.length > 1)
  assert.match(
    warnings[0] as string,
    /are [89], and the oldest are removed beyond 10 \(deadLetters.maxCount\)/,
  )
  assert.match(warnings[1] as string, /the oldest 1 were removed/)
  assert.deepEqual(await numbers(letters), range(2, 11))
})

test('removes what is older than an age, warns of what soon will be, and keeps the order of the rest', async t => {
  const base = setup(t)
  const admin = await brokerAdmin(t)
  const now = Date.now()
  const hour = 3_600_000
  // 1 to 5 are too old, 6 to 8 nearly, and the time of 20 is not known.
  const ageOf = (n: number) => (n <= 5 ? 2 * hour : n <= 8 ? 0.9 * hour : 0)
  const { jobs, letters } = await fill(base, admin, 20, n => (n === 20 ? undefined : now - ageOf(n)))
  const { warnings } = await trim(t, base, jobs, { maxAgeMs: hour })
  await until(async () => warnings.length === 2)
  assert.match(warnings[0] as string, /the oldest 5 were removed/)
  assert.match(warnings[1] as string, /include 3 that will soon be older than 3600000 ms/)
  await until(async () => (await letters.count()) === 15)
  assert.deepEqual(
    (await numbers(letters)).sort((a, b) => a - b),
    range(6, 20),
  )
})

test('nothing is removed under the hands of a reader; it is removed when the reader has ended', async t => {
  const base = setup(t)
  const admin = await brokerAdmin(t)
  const hour = 3_600_000
  const { jobs, letters, queue } = await fill(base, admin, 10, n => Date.now() - (n <= 3 ? 2 * hour : 0))
  const broker = new Broker({ url: amqpUrl() })
  await readDeadLetterQueue(broker, queue, async () => {
    // Looks at ages once in an hour: a look that gave way to the reader does not count.
    await trim(t, base, jobs, { maxCount: 100, maxAgeMs: hour }, hour)
    const key = `${base.prefix}:${base.name}:dead-letters-checked:count:100`
    for (let checks = 0; checks < 3; checks++) {
      await until(async () => (await base.redis.get(key)) !== null)
      await until(async () => (await base.redis.get(key)) === null)
    }
    assert.equal(await readyCount(admin, queue), 10)
  })
  await until(async () => (await letters.count()) === 7)
  assert.deepEqual(await numbers(letters), range(4, 10))
})

test('refuses a bound that is none', () => {
  const refused: [bound: object, text: RegExp][] = [
    [{ maxCount: 0 }, /deadLetters: maxCount: expected an integer >= 1, got 0/],
    [{ maxCount: 1.5 }, /maxCount/],
    [{ maxCount: '7' }, /maxCount/],
    [{ maxAgeMs: 59_999 }, /deadLetters: maxAgeMs: expected an integer >= 60000, got 59999/],
    [{ maxAgeMs: Number.POSITIVE_INFINITY }, /maxAgeMs/],
    [{ maxcount: 7 }, /maxcount: no such option/],
  ]
  for (const [deadLetters, message] of refused)
    assert.throws(() => createRabbitmqBackend({ url: amqpUrl(), deadLetters }), {
      code: 'ERR_INVALID_DEFINITION',
      message,
    })
})

test("an operator's policy bounds dead letters, too, without any change here", async t => {
  const server = await privateRabbitmq(t)
  const base = setup(t, undefined, server.url)
  const admin = await brokerAdmin(t, server.url)
  await server.control('set_policy', 'dead-letters', ':dead$', '{"max-length":5}', '--apply-to', 'queues')
  const jobs = base.queue()
  const letters = deadLettersOf(jobs)
  await letters.count()
  for (let n = 1; n <= 9; n++) admin.sendToQueue(`${base.amqpQueue}:dead`, Buffer.from(String(n)))
  await until(async () => (await letters.count()) === 5)
  assert.deepEqual(await numbers(letters), range(5, 9))
  // Declared again, with the policy in force.
  await deadLettersOf(base.queue()).count()
})
