import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { setImmediate as immediate } from 'node:timers/promises'
import { setup } from '../support/setup.ts'

test('hours that pass in faked time do not make add give up on the broker, nor keep a job from running', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  const consumer = worker(async job => job.data.n)
  t.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: new Date('2017-02-07T09:24:00Z') })
  const completed = once(consumer, 'completed')
  let isDone = false
  const done = Promise.all([jobs.addBulk([{ name: 'a', data: { n: 1 } }]), completed]).finally(() => {
    isDone = true
  })
  while (!isDone) {
    t.mock.timers.tick(3_600_000)
    await immediate()
  }
  const [[job]] = await done
  assert.equal((await jobs.getJob(job?.id as string))?.returnvalue, 1)
})

test('a delayed job runs when faked time has come to it', async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  t.mock.timers.enable({ apis: ['Date'], now: new Date('2017-02-07T09:24:00Z') })
  await jobs.add('later', {}, { delay: 3_600_000 })
  const consumer = worker(async () => undefined)
  await consumer.waitUntilReady()
  const completed = once(consumer, 'completed')
  t.mock.timers.setTime(Date.now() + 3_600_000)
  const [job] = await completed
  assert.equal(job.processedOn, Date.now())
})
