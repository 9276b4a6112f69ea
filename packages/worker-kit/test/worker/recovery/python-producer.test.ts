import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { amqpUrl } from '@jackalope/local-servers/testing'
import { declareTopology, queueTopology } from '../../../src/amqp/topology.ts'
import { topologySettings } from '../../../src/backend/settings.ts'
import { brokerAdmin } from '../../support/broker-admin.ts'
import { Ledger } from '../../support/ledger.ts'
import { pythonWithPika } from '../../support/python.ts'
import { setup } from '../../support/setup.ts'

const PRODUCER = join(import.meta.dirname, '../../support/producer.py')
const COUNT = 50

test('jobs that a Python program publishes by AMQP run once each, with data, retries and their ids', async t => {
  const python = await pythonWithPika()
  if (!python) return t.skip('no Python with pika: install python3-pika, or python3-venv and a way to PyPI')
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  await declareTopology(admin, queueTopology(amqpQueue, topologySettings({ url: amqpUrl() })))
  await promisify(execFile)(python, [PRODUCER, amqpUrl(), amqpQueue, String(COUNT)])

  const ledger = new Ledger()
  const data = new Map<string, unknown>()
  const consumer = worker(
    async job => {
      if (job.data.n === 7 && job.attemptsMade === 0) throw new Error('once')
      data.set(job.id as string, job.data)
      ledger.note(job.id)
    },
    { concurrency: 5 },
  )
  await ledger.untilRan(COUNT + 1)
  const last = await queue().add('greet', {})
  await ledger.untilRan(COUNT + 2)
  await consumer.close()

  assert.deepEqual(ledger.ranTwice, [])
  const ids = Array.from({ length: COUNT }, (_, n) => `python-${n}`)
  assert.deepEqual([...ledger.runs.keys()].sort(), [...ids, 'python-typed', last.id].sort())
  assert.deepEqual(data.get('python-3'), { n: 3, to: 'Adélaïde', price: 1.5 })
  assert.deepEqual(data.get('python-typed'), [1, null, true])
  const refused = await admin.get(`${amqpQueue}:dead`, { noAck: true })
  assert.ok(refused)
  assert.equal(refused.properties.messageId, 'python-broken')
  assert.match(refused.properties.headers?.['x-refused'], /its body is no JSON/)
})
