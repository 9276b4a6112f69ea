import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Ledger } from '../support/ledger.ts'
import { amqpUrl, redisUrl } from '../support/servers.ts'
import { setup } from '../support/setup.ts'
import { tcpProxy } from '../support/tcp-proxy.ts'

const LOCK_MS = 1_000

test('the jobs of a worker that was killed run elsewhere, each once more', async t => {
  const { queue, worker, prefix, name } = setup(t)
  const victim = startHangingWorker(t, prefix, name)
  const jobs = queue()
  await jobs.addBulk(Array.from({ length: 5 }, (_, n) => ({ name: 'a', data: { n } })))
  const startedByVictim = await victim.untilStarted(3)
  victim.process.kill('SIGKILL')

  const ledger = new Ledger()
  const rescuer = worker(async job => ledger.note(job.id), { lockDuration: LOCK_MS, concurrency: 5 })
  await ledger.untilRan(5)
  await rescuer.close()
  assert.deepEqual(ledger.ranTwice, [])
  assert.ok(startedByVictim.every(id => ledger.runs.has(id)))
  assert.deepEqual(await jobs.getJobCounts('wait', 'active', 'failed'), { wait: 0, active: 0, failed: 0 })
})

test('a job that loses its worker every time fails after the allowed number of stalls; others go on', async t => {
  const { queue, worker, events, prefix, name } = setup(t)
  const listener = await events()
  const jobs = queue()
  const poison = await jobs.add('poison', {})
  const failed = poison.waitUntilFinished(listener)
  failed.catch(() => undefined)
  for (let death = 1; death <= 2; death++) {
    const victim = startHangingWorker(t, prefix, name)
    await victim.untilStarted(1)
    victim.process.kill('SIGKILL')
    await once(victim.process, 'close')
  }
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id), { lockDuration: LOCK_MS, maxStalledCount: 1 })
  await assert.rejects(failed, /stalled more than allowable limit/)
  const other = await jobs.add('other', {})
  await other.waitUntilFinished(listener)
  assert.deepEqual([...ledger.runs.keys()], [other.id])
})

test('a worker whose connection to the broker is cut keeps its running job: nobody else runs it', async t => {
  const { queue, worker } = setup(t)
  const proxy = await tcpProxy(t, amqpUrl())
  const jobs = queue()
  const ledger = new Ledger()
  const release = Promise.withResolvers<void>()
  const started = Promise.withResolvers<void>()
  const owner = worker(
    async job => {
      ledger.note(job.id)
      started.resolve()
      await release.promise
    },
    { backend: { url: proxy.url } },
  )
  await jobs.add('long', {})
  await started.promise
  worker(async job => ledger.note(job.id))
  proxy.cut()
  // The other worker now holds the redelivery; it runs what it may, and that is not the long job.
  await jobs.add('short', {})
  const completed = once(owner, 'completed')
  release.resolve()
  await completed
  await ledger.untilRan(2)
  proxy.restore()
  await jobs.add('last', {})
  await ledger.untilRan(3)
  assert.deepEqual(ledger.ranTwice, [])
})

test('a worker consumes again by itself after its connection was cut', async t => {
  const { queue, worker } = setup(t)
  const proxy = await tcpProxy(t, amqpUrl())
  const jobs = queue()
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id), { backend: { url: proxy.url } })
  for (let round = 1; round <= 3; round++) {
    await jobs.add('a', {})
    await ledger.untilRan(round)
    proxy.cut()
    proxy.restore()
  }
  await jobs.add('a', {})
  await ledger.untilRan(4)
  assert.deepEqual(ledger.ranTwice, [])
})

interface HangingWorker {
  process: ChildProcess
  /** Ids of the first jobs that it started. */
  untilStarted(count: number): Promise<string[]>
}

function startHangingWorker(t: TestContext, prefix: string, name: string): HangingWorker {
  const script = fileURLToPath(new URL('../support/hanging-worker.ts', import.meta.url))
  const args = [script, amqpUrl(), redisUrl(), prefix, name, String(LOCK_MS)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })
  return {
    process: child,
    async untilStarted(count) {
      const ids: string[] = []
      for await (const line of lines) {
        ids.push(line.slice('started '.length))
        if (ids.length === count) break
      }
      return ids
    },
  }
}
