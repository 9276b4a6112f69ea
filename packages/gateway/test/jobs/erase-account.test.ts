import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { convertVideo, eraseAccount } from '@jackalope/contracts'
import { until } from '@jackalope/local-servers/testing'
import { storeResult, uploaded } from '../support/conversions.ts'
import { startTestGateway } from '../support/test-gateway.ts'

test('removes all jobs and files of a deleted account, also one that runs, and nothing of others', async t => {
  const gateway = await startTestGateway(t)
  const done = await uploaded(gateway)
  await storeResult(gateway, done)
  for (let number = 0; number < 3; number++) await uploaded(gateway)
  const foreign = await uploaded(gateway, 'bob')
  const running: string[] = []
  gateway.kit.work(convertVideo, async ({ id, signal }) => {
    running.push(id)
    await once(signal, 'abort')
    throw signal.reason
  })
  await until(async () => running.length === 1)

  const erase = gateway.kit.queue(eraseAccount)
  await erase.add({ userId: 'ada' }, { jobId: 'erase-ada' })
  const job = await until(async () => {
    const found = await erase.getJob('erase-ada')
    return found?.finishedOn !== undefined && found
  }, 30_000)
  assert.equal(job.failedReason, undefined)
  assert.equal(job.returnvalue.jobs, 4)
  const left = async (store: typeof gateway.videos) =>
    (await Array.fromAsync(store.list())).map(({ metadata }) => metadata.ownerId)
  assert.deepEqual(await left(gateway.videos), ['bob'])
  assert.deepEqual(await left(gateway.audios), [])
  assert.ok((await gateway.kit.queue(convertVideo).readJobs([foreign]))[0])
  assert.deepEqual((await gateway.kit.queue(convertVideo).readJobs([done]))[0], undefined)

  // A day later it runs again, and finds nothing.
  await erase.add({ userId: 'ada' }, { jobId: 'erase-ada-again' })
  const again = await until(async () => {
    const found = await erase.getJob('erase-ada-again')
    return found?.finishedOn !== undefined && found
  })
  assert.deepEqual(again.returnvalue, { jobs: 0, files: 0 })
})
