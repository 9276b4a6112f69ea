import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fetching, type FetchingOptions } from '../../src/worker/fetching.ts'
import { Fence } from '../../src/worker/takeover/fence.ts'

test('a worker that asks for a job waits long only if it has nothing else to look after', async () => {
  const patience: (number | undefined)[] = []
  const fetching = fetchingFrom({
    next: async (_token, withinMs) => {
      patience.push(withinMs)
      return undefined
    },
  })
  await fetching.next('token')
  const ended = Promise.withResolvers<{ finishedOn: number }>()
  const following = fetching.besideEnd('token', () => ended.promise)
  // The job that follows may start any moment, and runs only when the worker gets round to it.
  await fetching.next('token')
  ended.resolve({ finishedOn: 1 })
  await following
  await fetching.next('token')
  assert.deepEqual(
    patience.filter(withinMs => withinMs !== undefined),
    [1_000, 5, 5, 1_000],
  )
})

function fetchingFrom(source: Partial<FetchingOptions['source']>): Fetching {
  return new Fetching({
    source: {
      open: async () => undefined,
      next: async () => undefined,
      wait: async () => 'timeout',
      waiting: 1,
      runningCount: 0,
      ...source,
    },
    fence: new Fence(),
    isClosing: () => false,
    isWorkerRunning: () => true,
    countWaiting: async () => 1,
    returnToWait: async () => undefined,
    onError: error => assert.fail(error),
  })
}
