import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { World } from '../support/world.ts'

/** How long sequences are tried, in seconds. The long version: PROPERTY_SECONDS=600. */
const SECONDS = Number(process.env.PROPERTY_SECONDS ?? 25)

const index = fc.nat({ max: 30 })
const failures = fc.nat({ max: 2 })
const operation = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('add', 'addAtStart'), failures }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('addPrioritized', 'addLifo'), failures, index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('addDelayed'), delayMs: fc.nat({ max: 300 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('addUnderOwnId', 'addAtStartUnderOwnId'), index }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove'), index }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('retry', 'drain'), index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('duplicateMessage') }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('pause', 'resume', 'startWorker', 'stopWorker') }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('flush', 'save', 'restore', 'purge') }) },
)

test('whatever happens in whatever order, no job that was confirmed is lost, and none that was removed runs', async t => {
  let sequences = 0
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 25 }), async operations => {
      const world = await World.create()
      try {
        for (const operation of operations) await world.perform(operation)
        const { lost, ghosts, ranTwiceWithoutFault } = await world.settle()
        assert.deepEqual(
          { lost, ghosts, ranTwiceWithoutFault },
          { lost: [], ghosts: [], ranTwiceWithoutFault: [] },
        )
        sequences += 1
      } finally {
        await world.destroy()
      }
    }),
    { numRuns: 100_000, interruptAfterTimeLimit: SECONDS * 1_000, endOnFailure: true },
  )
  t.diagnostic(`${sequences} sequences`)
  assert.ok(sequences > 0)
})
