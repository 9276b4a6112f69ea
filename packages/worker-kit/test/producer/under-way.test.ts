import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UnderWay } from '../../src/producer/under-way.ts'

test('waits for all tasks, also for one that begins some microtasks later and for one that fails', async () => {
  const underWay = new UnderWay()
  const ended: string[] = []
  const end = Promise.withResolvers<void>()
  const late = async () => {
    await undefined
    await underWay.run(async () => {
      await end.promise
      ended.push('late')
    })
  }
  const failing = underWay.run(() => Promise.reject(new Error('broken')))
  await assert.rejects(failing, /broken/)
  void late()
  const waiting = underWay.ended(60_000).then(() => ended.push('waiting'))
  setImmediate(() => setImmediate(() => end.resolve()))
  await waiting
  assert.deepEqual(ended, ['late', 'waiting'])
})

test('waits no longer than it may', { timeout: 10_000 }, async () => {
  const underWay = new UnderWay()
  const end = Promise.withResolvers<void>()
  const task = underWay.run(() => end.promise)
  await underWay.ended(10)
  end.resolve()
  await task
})
