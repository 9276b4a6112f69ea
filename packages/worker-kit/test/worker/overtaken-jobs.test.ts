import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { brokerAdmin } from '../support/broker-admin.ts'
import { Ledger } from '../support/ledger.ts'
import { setup } from '../support/setup.ts'

/** Jobs whose messages are lost, and those that wait behind them all the time, with messages. */
const LOST = 120
const BACKLOG = 800

test('R6: jobs without a message run before new ones do, however busy the worker is', {
  timeout: 120_000,
}, async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const jobs = queue()
  const ledger = new Ledger()
  const lost = await ledger.add(jobs, 'lost', LOST)
  await admin.purgeQueue(amqpQueue)

  // As many new jobs come as the worker can do: it is never idle, and its queue never empty.
  let added = BACKLOG
  await ledger.add(jobs, 'new', BACKLOG)
  worker(async job => {
    ledger.note(job.id)
    added += 1
    await Promise.all([jobs.add('new', {}), delay(20)])
  })
  const allLostRan = () => lost.every(id => ledger.runs.has(id))
  while (!allLostRan()) {
    const ranOfNew = [...ledger.runs.keys()].filter(id => !lost.includes(id)).length
    assert.ok(ranOfNew < 600, `${ranOfNew} new jobs ran while lost ones waited; ${added} were added`)
    await ledger.untilRuns(ledger.runCount + 1)
  }
  assert.deepEqual(ledger.ranTwice, [])
})
