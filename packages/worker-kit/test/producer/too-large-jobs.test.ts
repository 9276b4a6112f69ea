import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amqpUrl, onEnd, redisUrl } from '@jackalope/local-servers/testing'
import { FlowProducer } from 'bullmq'
import { createRabbitmqBackend, deadLettersOf, UnrecoverableError } from '../../src/index.ts'
import { brokerAdmin } from '../support/broker-admin.ts'
import { Ledger } from '../support/ledger.ts'
import { privateRabbitmq } from '../support/private-rabbitmq.ts'
import { type Setup, setup } from '../support/setup.ts'

const MEBIBYTE = 1024 * 1024
/** As JSON; the job has some more around it. */
const dataOf = (bytes: number) => ({ text: 'x'.repeat(bytes) })

test('a job that no message could hold is refused before it is recorded, and the error says what to do', async t => {
  const { queue, prefix, name, redis, amqpQueue } = setup(t)
  const jobs = queue()
  const flows = new FlowProducer(
    { connection: { url: redisUrl() }, prefix },
    createRabbitmqBackend({ url: amqpUrl() }),
  )
  onEnd(t, () => flows.close())
  // Letters of three bytes each.
  const data = { text: '\u20ac'.repeat((16 * MEBIBYTE) / 3) }
  const refusals = [
    () => jobs.add('large', data),
    () => jobs.add('large', data, { delay: 60_000 }),
    () =>
      jobs.addBulk([
        { name: 'small', data: {} },
        { name: 'large', data },
      ]),
    () =>
      flows.add({ name: 'parent', queueName: name, children: [{ name: 'large', queueName: name, data }] }),
  ]
  for (const add of refusals)
    await assert.rejects(add, {
      code: 'ERR_JOB_TOO_LARGE',
      message: /bytes, and 16777216 is the most.*Nothing was added.*maxMessageBytes/s,
    })
  assert.deepEqual(await redis.keys(`${amqpQueue}:[0-9]*`), [])
  await jobs.add('just fits', dataOf(16 * MEBIBYTE - 1_000))
})

test('where the broker takes less than was thought, only what is too large goes without its data, and all jobs run', async t => {
  const limit = MEBIBYTE
  const server = await privateRabbitmq(t, { maxMessageBytes: limit })
  const admin = await brokerAdmin(t, server.url)

  await t.test('among others in one bulk', async t => {
    const own = setup(t, undefined, server.url)
    const jobs = own.queue()
    const bulk = Array.from({ length: 50 }, (_, n) => ({
      name: 'a',
      data: dataOf(n === 25 ? 2 * limit : 10),
    }))
    const added = await jobs.addBulk(bulk)
    // Now it is known.
    await assert.rejects(jobs.add('b', dataOf(limit)), { code: 'ERR_JOB_TOO_LARGE', message: /1048576/ })
    assert.equal(await jobs.getWaitingCount(), bulk.length)
    await runsWhole(own, added.length, 2 * limit)
    const left = await admin.checkQueue(own.amqpQueue)
    assert.equal(left.messageCount, 0)
  })

  await t.test('added by a plain BullMQ producer', async t => {
    const own = setup(t, undefined, server.url)
    await own.plainQueue().addBulk([2 * limit, 10].map(bytes => ({ name: 'a', data: dataOf(bytes) })))
    await runsWhole(own, 2, 2 * limit)
  })

  await t.test('failing for good: its letter goes without them, too', async t => {
    const own = setup(t, undefined, server.url)
    const jobs = own.queue()
    const job = await jobs.add('a', dataOf(limit - 1_000))
    const failed = Promise.withResolvers<void>()
    const worker = own.worker(async () => {
      throw new UnrecoverableError('x'.repeat(9_000))
    })
    worker.on('failed', () => failed.resolve())
    await failed.promise
    const [letter] = await deadLettersOf(jobs).get(String(job.id))
    assert.equal(letter?.kind === 'job' && letter.data, undefined)
    assert.equal(letter?.kind === 'job' && letter.status, 'failed')
  })
})

/** Runs that many jobs, of which one has data of that size. */
async function runsWhole({ worker }: Setup, count: number, bytes: number): Promise<void> {
  const ledger = new Ledger()
  const sizes: number[] = []
  const consumer = worker(async job => {
    sizes.push(job.data.text.length)
    ledger.note(job.id)
  })
  await ledger.untilRan(count)
  await consumer.close()
  assert.deepEqual(ledger.ranTwice, [])
  assert.deepEqual(sizes.toSorted((a, b) => b - a).slice(0, 2), [bytes, 10])
}
