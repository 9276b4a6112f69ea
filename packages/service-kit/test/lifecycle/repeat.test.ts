import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { repeat } from '../../src/lifecycle/repeat.ts'

async function pass(t: TestContext, ms: number) {
  t.mock.timers.tick(ms)
  await turn()
}

test('work is repeated, never twice at a time, until the signal is aborted', async t => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const stop = new AbortController()
  const running: (() => void)[] = []
  const work = () => new Promise<void>(resolve => running.push(resolve))
  repeat(work, { intervalMs: 10, signal: stop.signal, startsNow: true })
  assert.equal(running.length, 1)
  await pass(t, 25)
  assert.equal(running.length, 1, 'the first run has not ended')
  running[0]?.()
  await turn()
  await pass(t, 10)
  assert.equal(running.length, 2)
  stop.abort()
  running[1]?.()
  await turn()
  await pass(t, 50)
  assert.equal(running.length, 2)
})

test('a failure does not end it, and is told once in a row', async t => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const outcomes = ['bad', 'bad', undefined, 'bad']
  const told: unknown[] = []
  const work = async () => {
    const outcome = outcomes.shift()
    if (outcome) throw new Error(outcome)
  }
  const { signal } = new AbortController()
  repeat(work, { intervalMs: 10, signal, onFailure: error => told.push((error as Error).message) })
  for (const _ of '12345') await pass(t, 10)
  assert.deepEqual([told, outcomes], [['bad', 'bad'], []])
})
