import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import {
  amqpUrl,
  createMysqlDatabase,
  onEnd,
  redisUrl,
  removeQueues,
  runToEnd,
} from '@jackalope/local-servers/testing'

const program = fileURLToPath(new URL('../orders.ts', import.meta.url))

test('a receipt is sent for each order that is stored, and for no other', async t => {
  const { url } = await createMysqlDatabase(t)
  const prefix = `test-${randomUUID()}`
  onEnd(t, () => removeQueues(prefix, ['receipt.send']))
  const env = { ...process.env, AMQP_URL: amqpUrl(), REDIS_URL: redisUrl(), MYSQL_URL: url, PREFIX: prefix }
  const { stdout, stderr, exitCode } = await runToEnd(process.execPath, [program], { env, limitMs: 60_000 })
  assert.equal(stderr, '')
  assert.equal(exitCode, 0)
  assert.deepEqual(stdout.trim().split('\n').sort(), [
    'receipt for 2 of horns',
    'receipt for 3 of carrots',
    'there are not 1000 of rabbits',
  ])
})
