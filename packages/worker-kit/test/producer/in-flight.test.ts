import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InFlight } from '../../src/producer/in-flight.ts'

test('waits for all tasks, also for one that begins some microtasks later and for one that fails', async () => {
  const inFlight = new InFlight()
  const ended: string[] = []
  const end = Promise.withResolvers<void>()
  const late = async () => {
    await undefined
    await inFlight.run(async () => {
      await end.promise
      ended.push('late')
    })
  }
  const failing = inFlight.run(() => Promise.reject(new Error('broken')))
  await assert.rejects(failing, /broken/)
  void late()
  const waiting = inFlight.ended(60_000).then(() => ended.push('waiting'))
  setImmediate(() => setImmediate(() => end.resolve()))
  await waiting
  assert.deepEqual(ended, ['late', 'waiting'])
})

test('waits no longer than it may', { timeout: 10_000 }, async () => {
  const inFlight = new InFlight()
  const end = Promise.withResolvers<void>()
  const task = inFlight.run(() => end.promise)
  await inFlight.ended(10)
  end.resolve()
  await task
})
