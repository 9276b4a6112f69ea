import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Queue } from 'bullmq'
import { Ledger } from '../support/ledger.ts'
import { setup } from '../support/setup.ts'
import { startWorkerProcess } from '../support/worker-process.ts'

/** How often a worker is started and another one stopped. The long version: ROUNDS=200. */
const ROUNDS = Number(process.env.ROUNDS ?? 4)
/** Starting a process takes long on a busy machine. */
const TIMEOUT_MS = 60_000 + 10_000 * ROUNDS
/** A rolling update: the folder of another version's worker-kit, on which every second worker runs. */
const OTHER_VERSION = process.env.OTHER_VERSION

test('workers that start and stop under load lose no job and run none twice', {
  timeout: TIMEOUT_MS,
}, async t => {
  const { queue, prefix, name } = setup(t)
  const ledger = new Ledger()
  const start = (round: number) =>
    startWorkerProcess(
      t,
      ledger,
      { prefix, name, concurrency: 5 },
      round % 2 === 0 ? OTHER_VERSION : undefined,
    )
  const jobs = queue()
  const stopping = new AbortController()
  const adding = addUntil(stopping.signal, ledger, jobs)

  let previous = start(0)
  // Or the next one is faster, and this one gets its signal before it listens to signals.
  await previous.untilSaid(/^started /)
  for (let round = 1; round <= ROUNDS; round++) {
    const next = start(round)
    await next.untilSaid(/^started /, 5)
    previous.process.kill('SIGTERM')
    const [code] = (await previous.ended) as [number | null]
    assert.equal(code, 0)
    previous = next
  }
  stopping.abort()
  await ledger.untilRan(await adding)
  previous.process.kill('SIGTERM')
  await previous.ended

  t.diagnostic(String(ledger))
  assert.deepEqual([ledger.lost, ledger.ranTwice], [[], []])
  assert.deepEqual(await jobs.getJobCounts('wait', 'active', 'failed'), { wait: 0, active: 0, failed: 0 })
})

/** Adds jobs as fast as they run, with some to spare; gives how many. */
async function addUntil(signal: AbortSignal, ledger: Ledger, queue: Queue): Promise<number> {
  let added = 0
  while (!signal.aborted) {
    added += (await ledger.add(queue, 'quick', 20)).length
    await ledger.untilRan(added - 100)
  }
  return added
}
