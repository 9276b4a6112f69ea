import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createProgressReporter } from '../../src/job/progress-reporter.ts'

function setup(report?: (percent: number) => Promise<void>) {
  const told: number[] = []
  const clock = { now: 0 }
  const progress = createProgressReporter(
    async ({ percent }) => {
      told.push(percent)
      await report?.(percent)
    },
    () => clock.now,
  )
  /** Completes a report, and advances the clock. */
  const update = async (percent: number, afterMs = 250) => {
    clock.now += afterMs
    progress.update(percent)
    await new Promise(resolve => setImmediate(resolve))
  }
  return { told, progress, update }
}

test('tells whole percents, never backwards, and 100 only at the end', async () => {
  const { told, progress, update } = setup()
  for (const percent of [0, 0.9, 1.2, 1.9, 7, 3, 50.5, 50.9, 99.9, 100]) await update(percent)
  assert.deepEqual(told, [1, 7, 50, 99])
  await progress.finish()
  assert.deepEqual(told, [1, 7, 50, 99, 100])
})

test('tells at most four times a second', async () => {
  const { told, update } = setup()
  for (let percent = 1; percent <= 50; percent++) await update(percent, 50)
  assert.deepEqual(told, [1, 6, 11, 16, 21, 26, 31, 36, 41, 46])
})

test('keeps to one report at a time, and forgets one that failed', async () => {
  const first = Promise.withResolvers<void>()
  const { told, progress, update } = setup(percent => (percent === 1 ? first.promise : Promise.resolve()))
  await update(1)
  await update(2)
  assert.deepEqual(told, [1])
  first.reject(new Error('Redis is away'))
  await update(3)
  await update(4)
  await progress.finish()
  assert.deepEqual(told, [1, 4, 100])
})

test('tells each new stage at once, or after the report that is on its way', async () => {
  const sent = Promise.withResolvers<void>()
  const told: string[] = []
  const progress = createProgressReporter(async ({ percent, stage }) => {
    told.push(`${stage} ${percent}`)
    if (told.length === 2) await sent.promise
  })
  progress.enter('fetching')
  await new Promise(resolve => setImmediate(resolve))
  progress.enter('converting')
  progress.enter('storing')
  sent.resolve()
  await progress.finish()
  assert.deepEqual(told, ['fetching 0', 'converting 0', 'storing 0', 'storing 100'])
})
