import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { describe, it, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { amqpUrl, onEnd, until } from '@jackalope/local-servers/testing'
import { greet, inTransaction, startOutbox } from './support/guests.ts'
import type { Step } from './support/relay-process.ts'

const program = fileURLToPath(new URL('./support/relay-process.ts', import.meta.url))

/** A relay in a process of its own, on the test's outbox. */
async function startRelayProcess(
  t: TestContext,
  { url, prefix }: { url: string; prefix: string },
  step?: Step,
): Promise<ChildProcess> {
  const env = { ...process.env, MYSQL_URL: url, AMQP_URL: amqpUrl(), PREFIX: prefix, KILLED_AT: step }
  const child = fork(program, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  onEnd(t, () => child.kill('SIGKILL'))
  await Promise.race([told(child, step === 'frozen' ? 'frozen' : 'started'), once(child, 'exit')])
  return child
}

/** Resolves when the process has sent a message. */
async function told(child: ChildProcess, wanted: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  child.on('message', message => message === wanted && resolve())
  await promise
}

const steps: readonly Step[] = [
  'before publishing',
  'while publishing',
  'after the confirm',
  'after the removal',
]

describe('A relay that is killed', () => {
  for (const step of steps)
    it(`${step} loses no job, and has none run twice`, async t => {
      const outbox = await startOutbox(t)
      const { relay, add, pool, isEmpty, work, untilRun, names } = outbox
      const expected = Array.from({ length: 25 }, (_, index) => `guest ${index}`)
      await add(...expected)
      const undone = inTransaction(pool, async transaction => {
        await outbox.outbox.add(greet, { name: 'undone' }, { transaction })
        throw new Error('changed my mind')
      })
      await assert.rejects(undone, /changed my mind/)
      work()
      const child = await startRelayProcess(t, outbox, step)
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      assert.equal(child.signalCode, 'SIGKILL')
      assert.equal(await isEmpty(), false)
      relay({ leaseMs: 1_000, pollIntervalMs: 50, batchSize: 10 })
      await until(isEmpty)
      // The last one: what ran twice would have been before it.
      await add('the last')
      await untilRun(expected.length + 1)
      await until(async () => names().includes('the last'))
      assert.deepEqual(names().sort(), [...expected, 'the last'].sort())
    })

  it('only for longer than its lease publishes again what another one has published: each job runs once', async t => {
    const outbox = await startOutbox(t)
    const { relay, add, isEmpty, work, untilRun, names } = outbox
    const expected = Array.from({ length: 10 }, (_, index) => `guest ${index}`)
    await add(...expected)
    work()
    const frozen = await startRelayProcess(t, outbox, 'frozen')
    relay({ leaseMs: 1_000, pollIntervalMs: 50 })
    await until(isEmpty)
    await untilRun(expected.length)
    const confirmed = told(frozen, 'confirmed')
    frozen.kill('SIGCONT')
    await confirmed
    await add('the last')
    await until(async () => names().includes('the last'))
    assert.deepEqual(names().sort(), [...expected, 'the last'].sort())
  })

  it('again and again, among three, at random: what was committed runs once, what was rolled back never', async t => {
    const outbox = await startOutbox(t)
    const { pool, isEmpty, work, done, relay } = outbox
    await pool.query('CREATE TABLE ledger (id CHAR(36) PRIMARY KEY)')
    work()
    const live = new Set(await Promise.all([1, 2, 3].map(() => startRelayProcess(t, outbox))))
    const ended = Promise.withResolvers<void>()
    let isEnded = false
    ended.promise.then(() => {
      isEnded = true
    })
    let kills = 0
    const killing = (async () => {
      while (!isEnded) {
        const [victim] = live
        if (!victim) return
        live.delete(victim)
        const next = startRelayProcess(t, outbox)
        victim.kill('SIGKILL')
        kills += 1
        live.add(await next)
      }
    })()
    const change = (index: number) =>
      inTransaction(pool, async transaction => {
        const { id } = await outbox.outbox.add(greet, { name: `guest ${index}` }, { transaction })
        await transaction.query('INSERT INTO ledger VALUES (?)', [id])
        if (Math.random() < 0.25) throw new Error('changed my mind')
      }).catch(({ message }: Error) => assert.equal(message, 'changed my mind'))
    for (let index = 0; index < 600 || kills < 5; index += 5)
      await Promise.all([0, 1, 2, 3, 4].map(more => change(index + more)))
    ended.resolve()
    await killing
    for (const child of live) child.kill('SIGKILL')
    relay({ leaseMs: 1_000, pollIntervalMs: 50 })
    await until(isEmpty)
    const [rows] = await pool.query('SELECT id FROM ledger')
    const committed = (rows as { id: string }[]).map(({ id }) => id)
    await outbox.untilRun(committed.length)
    await outbox.add('the last')
    await until(async () => outbox.names().includes('the last'))
    assert.ok(committed.length > 100 && kills >= 5, `${committed.length} committed, ${kills} kills`)
    assert.deepEqual(
      done
        .filter(({ name }) => name !== 'the last')
        .map(({ id }) => id)
        .sort(),
      committed.sort(),
    )
  })
})
