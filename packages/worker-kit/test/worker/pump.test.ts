import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEnd } from '@jackalope/local-servers/testing'
import { Pump } from '../../src/worker/pump.ts'

test('the pump reports an error and goes on; of a lost connection the connection itself tells', async () => {
  const failures = [new Error('Connection is closed.'), new Error('OOM command not allowed')]
  const errors: Error[] = []
  const recovered = Promise.withResolvers<void>()
  const pump = new Pump({
    waitForMarker: () => new Promise(() => undefined),
    publishEligible: async () => {
      const failure = failures.shift()
      if (failure) throw failure
      recovered.resolve()
      return undefined
    },
    tick: async () => undefined,
    onError: error => errors.push(error),
  })
  pump.start()
  await recovered.promise
  pump.stop()
  assert.deepEqual(
    errors.map(({ message }) => message),
    ['OOM command not allowed'],
  )
})

test('the pump looks after all that goes on in the turn that woke it', async t => {
  const rested = Promise.withResolvers<void>()
  const looked = Promise.withResolvers<number>()
  let isAwaited = false
  let stepsDone = 0
  const pump = new Pump({
    waitForMarker: () => {
      rested.resolve()
      return new Promise(() => undefined)
    },
    publishEligible: async () => {
      if (isAwaited) looked.resolve(stepsDone)
      return undefined
    },
    tick: async () => undefined,
    onError: error => assert.fail(error),
  })
  onEnd(t, () => pump.stop())
  pump.start()
  await rested.promise
  isAwaited = true
  pump.wake()
  for (; stepsDone < 100; stepsDone++) await Promise.resolve()
  assert.equal(await looked.promise, 100)
})
