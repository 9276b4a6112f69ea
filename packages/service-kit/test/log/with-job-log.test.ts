import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { createLogger, withJobLog } from '../../src/index.ts'

test('every line within a handler bears queue, job and attempt; of two at a time each its own', async () => {
  const lines: Record<string, unknown>[] = []
  const logger = createLogger({
    service: 'example',
    destination: { write: line => void lines.push(JSON.parse(line)) },
  })
  const deepInside = async () => {
    await turn()
    logger.child({ part: 'store' }).info('stored')
  }
  const handler = withJobLog(async (_job: { data: number }) => deepInside())
  const job = (id: string, attempt: number) => ({ queue: 'things', id, attempt, data: 1 })
  await Promise.all([handler(job('a', 1)), handler(job('b', 3))])
  logger.info('after')
  assert.deepEqual(
    lines.map(({ msg, queue, jobId, attempt }) => [msg, queue, jobId, attempt]),
    [
      ['stored', 'things', 'a', 1],
      ['stored', 'things', 'b', 3],
      ['after', undefined, undefined, undefined],
    ],
  )
})
