import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { amqpUrl, redisUrl } from '@jackalope/local-servers/testing'
import { Ledger } from '../support/ledger.ts'
import { setup } from '../support/setup.ts'

const program = fileURLToPath(new URL('../support/dying-producer.ts', import.meta.url))

/** Before which step of adding a job the producer dies, and how many of its two jobs Redis knows then. */
const recordedBefore = {
  'it is recorded': 1,
  'its message is sent': 2,
  'the broker confirms': 2,
  'the caller is told': 2,
}
export type DyingStep = keyof typeof recordedBefore

for (const [step, recorded] of Object.entries(recordedBefore)) {
  test(`R5, R6: a producer killed before ${step}: what is recorded runs, once`, async t => {
    const { queue, worker, prefix, name } = setup(t)
    const args = [program, amqpUrl(), redisUrl(), prefix, name, step]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] })
    const [, signal] = await once(child, 'exit')
    assert.equal(signal, 'SIGKILL')
    const jobs = queue()
    assert.equal(await jobs.getWaitingCount(), recorded)

    const ledger = new Ledger()
    const consumer = worker(async job => ledger.note(job.id))
    await ledger.untilRan(recorded)
    await ledger.add(jobs, 'last', 1)
    await ledger.untilRan(recorded + 1)
    await consumer.close()
    t.diagnostic(String(ledger))
    assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
    assert.equal(await jobs.getCompletedCount(), recorded + 1)
  })
}
