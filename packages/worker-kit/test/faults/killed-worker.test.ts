import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Queue } from 'bullmq'
import { Ledger } from '../support/ledger.ts'
import { setup } from '../support/setup.ts'
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts'

const LOCK_MS = 30_000
/** How many workers are killed under load. The long version: ROUNDS=200. */
const ROUNDS = Number(process.env.ROUNDS ?? 4)

const cases = [
  ...[1, 10, 50].map(running => ({ running, recordOn: 'add' as const, what: 'jobs' })),
  ...[1, 10].map(running => ({ running, recordOn: 'start' as const, what: 'jobs that it has recorded' })),
]
for (const { running, recordOn, what } of cases) {
  test(`R8: kill -9 with ${running} running ${what}: they run elsewhere long before their locks lapse, with one stall each`, async t => {
    const { queue, worker, prefix, name } = setup(t)
    const ledger = new Ledger()
    const jobs = queue({ backend: { recordOn } })
    const ids = await ledger.add(jobs, 'hang', running)
    const victim = startWorkerProcess(t, ledger, {
      prefix,
      name,
      concurrency: running,
      lockDurationMs: LOCK_MS,
    })
    await ledger.untilRan(running)

    const restartedAt: number[] = []
    const rescuer = worker(
      async job => {
        ledger.note(job.id)
        if (job.name === 'hang') restartedAt.push(Date.now())
      },
      { concurrency: running, lockDuration: LOCK_MS },
    )
    // The victim has no free slot: that this one runs shows that the rescuer consumes.
    await ledger.add(jobs, 'quick', 1)
    await ledger.untilRan(running + 1)
    const killedAt = Date.now()
    victim.process.kill('SIGKILL')
    await ledger.untilRuns(2 * running + 1)
    await rescuer.close()

    sayHowSoon(
      t,
      restartedAt.map(at => at - killedAt),
    )
    t.diagnostic(String(ledger))
    assert.ok(Math.max(...restartedAt) - killedAt < LOCK_MS / 3)
    assert.deepEqual(ledger.lost, [])
    assert.deepEqual(ledger.ranTwice.sort(), ids.sort())
    const stalls = await Promise.all(ids.map(async id => (await jobs.getJob(id))?.stalledCounter))
    assert.deepEqual(new Set(stalls), new Set([1]))
    assert.deepEqual(await jobs.getJobCounts('wait', 'active', 'failed', 'completed'), {
      wait: 0,
      active: 0,
      failed: 0,
      completed: running + 1,
    })
  })
}

test('R8: workers killed one after the other under load lose no job; only what ran at a death runs twice', async t => {
  const { queue, prefix, name } = setup(t)
  const ledger = new Ledger()
  const jobs = queue()
  const recordedAtStart = queue({ backend: { recordOn: 'start' } })
  const concurrency = 10
  const start = () =>
    startWorkerProcess(t, ledger, {
      prefix,
      name,
      concurrency,
      lockDurationMs: LOCK_MS,
      maxStalledCount: ROUNDS,
    })
  for (let chunk = 0; chunk < 5 * ROUNDS; chunk++)
    await Promise.all([ledger.add(jobs, 'slow', 10), ledger.add(recordedAtStart, 'slow', 10)])
  const workers = [start(), start()]
  for (let round = 1; round <= ROUNDS; round++) {
    const [victim, survivor] = workers as [WorkerProcess, WorkerProcess]
    await victim.untilSaid(/^started /, 2 * concurrency)
    victim.process.kill('SIGKILL')
    workers.splice(0, 2, survivor, start())
  }
  await untilCompleted(jobs, ledger.confirmedCount)
  t.diagnostic(String(ledger))
  assert.deepEqual(ledger.lost, [])
  assert.ok(ledger.ranTwice.length <= ROUNDS * concurrency)
  assert.deepEqual(await jobs.getJobCounts('wait', 'active', 'failed'), { wait: 0, active: 0, failed: 0 })
})

test('R8: a job that kills its worker each time fails after the allowed stalls, and the rest goes on', async t => {
  const { queue, prefix, name, events } = setup(t)
  const listener = await events()
  const ledger = new Ledger()
  const jobs = queue()
  const maxStalledCount = 2
  let isOver = false
  const runWorkers = async () => {
    while (!isOver) {
      const worker = startWorkerProcess(t, ledger, { prefix, name, maxStalledCount, lockDurationMs: LOCK_MS })
      stopWorkers.push(() => worker.process.kill('SIGTERM'))
      await worker.ended
    }
  }
  const stopWorkers: (() => void)[] = []
  const supervisors = [runWorkers(), runWorkers()]

  const poison = await jobs.add('die', {})
  const failed = poison.waitUntilFinished(listener)
  failed.catch(() => undefined)
  const others = await ledger.add(jobs, 'quick', 40)
  await assert.rejects(failed, /stalled more than allowable limit/)
  await ledger.untilRan(others.length + 1)
  isOver = true
  for (const stop of stopWorkers) stop()
  await Promise.all(supervisors)

  t.diagnostic(String(ledger))
  assert.deepEqual(ledger.lost, [])
  assert.equal(ledger.runs.get(poison.id as string), maxStalledCount + 1)
  assert.deepEqual(ledger.ranTwice, [poison.id])
  assert.deepEqual(await jobs.getJobCounts('wait', 'active', 'failed', 'completed'), {
    wait: 0,
    active: 0,
    failed: 1,
    completed: others.length,
  })
})

async function untilCompleted(queue: Queue, count: number): Promise<void> {
  while ((await queue.getCompletedCount()) < count);
}

function sayHowSoon(t: TestContext, delaysMs: number[]): void {
  const sorted = delaysMs.sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]
  t.diagnostic(`restarted after ${at(0.5)} ms (median), ${at(0.99)} ms (99 %)`)
}
