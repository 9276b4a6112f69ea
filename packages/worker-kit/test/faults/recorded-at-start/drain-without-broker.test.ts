import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amqpUrl, proxyTo } from '@jackalope/local-servers/testing'
import { Ledger } from '../../support/ledger.ts'
import { setup } from '../../support/setup.ts'

test('drain with the broker away says so, and may be called again; what Redis knew is removed at once', async t => {
  const { queue, worker } = setup(t)
  const proxy = await proxyTo(t, amqpUrl())
  const recordedFirst = queue()
  const jobs = queue({ backend: { recordOn: 'start', url: proxy.url } })
  await jobs.addBulk([{ name: 'at the broker', data: {} }])
  await recordedFirst.add('recorded', {})
  await proxy.cut()
  await assert.rejects(jobs.drain(), { code: 'ERR_CONNECT' })
  assert.equal(await jobs.getWaitingCount(), 0)
  await proxy.restore()
  await jobs.drain()
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id))
  const ids = await ledger.add(jobs, 'after', 1)
  await ledger.untilRan(1)
  assert.deepEqual([...ledger.runs.keys()], ids)
})
