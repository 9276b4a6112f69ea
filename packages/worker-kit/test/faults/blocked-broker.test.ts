import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { RabbitmqServer } from '@jackalope/local-servers'
import { until } from '@jackalope/local-servers/testing'
import { brokerAdmin, readyCount } from '../support/broker-admin.ts'
import { Ledger } from '../support/ledger.ts'
import { privateRabbitmq } from '../support/private-rabbitmq.ts'
import { setup } from '../support/setup.ts'
import { startWorkerProcess } from '../support/worker-process.ts'

/** Commands of rabbitmqctl that raise an alarm, and that clear it. */
const alarms = {
  memory: [
    ['set_vm_memory_high_watermark', 'absolute', '1MiB'],
    ['set_vm_memory_high_watermark', 'absolute', '1GiB'],
  ],
  disk: [
    ['set_disk_free_limit', '1000000GiB'],
    ['set_disk_free_limit', '1MiB'],
  ],
} as const

const BEFORE = 200
const DURING = 100

test('R3, R4: while a broker is short of something, workers consume and acknowledge, and producers wait', async t => {
  const server = await privateRabbitmq(t)
  for (const [resource, commands] of Object.entries(alarms))
    await t.test(`short of ${resource}`, t => underAlarm(t, server, commands))
})

async function underAlarm(
  t: TestContext,
  server: RabbitmqServer,
  [raise, clear]: readonly [readonly string[], readonly string[]],
): Promise<void> {
  const { queue, prefix, name, amqpQueue } = setup(t, undefined, server.url)
  const admin = await brokerAdmin(t, server.url)
  const ledger = new Ledger()
  // However long it takes on this machine until the alarm is cleared.
  const jobs = queue({ backend: { confirmTimeoutMs: 300_000 } })
  const start = () => startWorkerProcess(t, ledger, { prefix, name, amqpUrl: server.url, concurrency: 5 })

  // The next test must not find the broker still short of this.
  t.after(() => server.control(...clear))

  // What waits then has been confirmed, and is yet to be delivered and acknowledged.
  await jobs.pause()
  await ledger.add(jobs, 'quick', BEFORE)
  const first = start()
  await untilConsumers(1)
  await server.control(...raise)
  const second = start()
  await untilConsumers(2)

  let confirmed = 0
  const adding = Array.from({ length: DURING }, async () => {
    await ledger.add(jobs, 'quick', 1)
    confirmed += 1
  })
  await until(async () => (await jobs.getWaitingCount()) === BEFORE + DURING)
  await jobs.resume()
  await ledger.untilRan(BEFORE)
  await Promise.all([first, second].map(worker => worker.untilSaid(/^started /)))
  await until(async () => (await jobs.getCompletedCount()) === BEFORE)
  // One that gives up sooner is told that its job is recorded, and why it has to wait. The broker says so after the first
  // message of a connection.
  const impatient = queue({ backend: { confirmTimeoutMs: 5_000 } })
  await assert.rejects(impatient.add('quick', {}, { jobId: 'unconfirmed' }), {
    code: 'ERR_PUBLISH_UNCONFIRMED',
    message: /recorded in Redis.*the broker has blocked producers: low on/s,
  })
  for (const worker of [first, second]) worker.process.kill('SIGTERM')
  await Promise.all([first.ended, second.ended])
  assert.equal(confirmed, 0, 'nothing is confirmed that the broker did not take')
  // What had not been acknowledged would have come back when they closed.
  assert.equal(await readyCount(admin, amqpQueue), 0)

  await server.control(...clear)
  await Promise.all(adding)
  const third = start()
  await ledger.untilRan(BEFORE + DURING + 1)
  assert.ok(ledger.runs.has('unconfirmed'))
  await until(async () => (await jobs.getCompletedCount()) === BEFORE + DURING + 1)
  third.process.kill('SIGTERM')
  await third.ended
  t.diagnostic(String(ledger))
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])

  function untilConsumers(count: number): Promise<void> {
    return until(async () => (await admin.checkQueue(amqpQueue)).consumerCount >= count)
  }
}
