import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Pump } from '../../src/backend/pump.ts'

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
