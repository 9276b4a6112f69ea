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
    isQuiet: () => false,
    quietTickMs: 5_000,
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
    isQuiet: () => false,
    quietTickMs: 5_000,
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

test('the pump looks at a quiet queue seldom, but ticks within a second of a delivery', {
  timeout: 10_000,
}, async t => {
  const ticks: number[] = []
  const ticked = Promise.withResolvers<void>()
  const rested = Promise.withResolvers<void>()
  const pump = new Pump({
    waitForMarker: () => {
      rested.resolve()
      return new Promise(() => undefined)
    },
    publishEligible: async () => undefined,
    tick: async () => {
      if (ticks.push(performance.now()) === 2) ticked.resolve()
    },
    isQuiet: () => true,
    quietTickMs: 60_000,
    onError: error => assert.fail(error),
  })
  onEnd(t, () => pump.stop())
  pump.start()
  await rested.promise
  const deliveredAt = performance.now()
  pump.noteDelivery()
  await ticked.promise
  const waitedMs = (ticks[1] as number) - deliveredAt
  assert.ok(waitedMs > 900 && waitedMs < 1_500, `ticked after ${waitedMs} ms`)
})

test('a delayed job that is due soon is not forgotten over a delivery', { timeout: 10_000 }, async t => {
  const rested = Promise.withResolvers<void>()
  const looked = Promise.withResolvers<number>()
  const dueAt = Date.now() + 300
  let looks = 0
  const pump = new Pump({
    waitForMarker: () => {
      rested.resolve()
      return new Promise(() => undefined)
    },
    publishEligible: async () => {
      looks += 1
      if (looks === 2) looked.resolve(Date.now())
      return looks === 1 ? dueAt : undefined
    },
    tick: async () => undefined,
    isQuiet: () => true,
    quietTickMs: 60_000,
    onError: error => assert.fail(error),
  })
  onEnd(t, () => pump.stop())
  pump.start()
  await rested.promise
  pump.noteDelivery()
  const lateMs = (await looked.promise) - dueAt
  assert.ok(lateMs < 500, `looked ${lateMs} ms late`)
})
