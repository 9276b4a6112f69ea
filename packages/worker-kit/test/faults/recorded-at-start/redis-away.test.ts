import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { amqpUrl, onEnd } from '@jackalope/local-servers/testing'
import { Ledger } from '../../support/ledger.ts'
import { setupWithPrivateRedis } from '../../support/private-redis.ts'

const program = fileURLToPath(new URL('../../support/steady-producer.ts', import.meta.url))

/** How many jobs each producer adds while Redis is away. */
const MEANWHILE = 100
/** Longest that one of them may take, in milliseconds: far less than any time limit of Redis'. */
const QUICK_MS = 3_000

test('producers in other processes go on adding while Redis is stopped: each add is quick, and all run afterwards', async t => {
  const { worker, server, prefix, name } = await setupWithPrivateRedis(t)
  const ledger = new Ledger()
  const start = (kind: string) => startProducer(t, [kind, amqpUrl(), server.url, prefix, name])
  const producers = [start('queue'), start('kit'), start('producer')]
  const consumer = worker(async job => ledger.note(job.id), { concurrency: 5, lockDuration: 5_000 })
  await Promise.all(producers.map(({ untilAdded }) => untilAdded(5)))
  await ledger.untilRan(15)

  await server.stop()
  // One that starts while Redis is away.
  producers.push(start('queue'))
  const stoppedAt = Date.now()
  await Promise.all(producers.map(({ added, untilAdded }) => untilAdded(added.length + MEANWHILE)))
  t.diagnostic(`Redis was away for ${Date.now() - stoppedAt} ms`)
  await server.start()
  await Promise.all(producers.map(({ added, untilAdded }) => untilAdded(added.length + 5)))
  for (const { stop } of producers) stop()
  await Promise.all(producers.map(({ ended }) => ended))

  const added = producers.flatMap(({ added }) => added)
  ledger.expect(added.map(({ id }) => id))
  await ledger.untilRan(added.length)
  await consumer.close()
  t.diagnostic(String(ledger))
  assert.deepEqual(ledger.lost, [])
  const slowest = Math.max(...added.map(({ ms }) => ms))
  t.diagnostic(`the slowest add took ${slowest} ms`)
  assert.ok(slowest < QUICK_MS)
  // What ran when Redis stopped could not be recorded as done in time.
  assert.ok(ledger.ranTwice.length <= 5, `${ledger.ranTwice.length} ran twice`)
})

interface SteadyProducer {
  /** Jobs whose `add` has resolved, and how long it took. */
  readonly added: { id: string; ms: number }[]
  untilAdded(count: number): Promise<void>
  /** It ends by itself, once it has closed. */
  stop(): void
  readonly ended: Promise<unknown>
}

function startProducer(t: TestContext, args: string[]): SteadyProducer {
  const child: ChildProcess = spawn(process.execPath, [program, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  onEnd(t, async () => {
    child.kill('SIGKILL')
    await ended
  })
  const added: SteadyProducer['added'] = []
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  lines.on('line', line => {
    const [id, ms] = line.split(' ') as [string, string]
    added.push({ id, ms: Number(ms) })
  })
  return {
    added,
    ended,
    stop: () => child.stdin?.end(),
    async untilAdded(count) {
      while (added.length < count) await once(lines, 'line')
    },
  }
}
