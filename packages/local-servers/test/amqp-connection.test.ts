import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withAmqpConnection } from '../src/amqp-connection.ts'
import { amqpUrl, proxyTo } from '../src/testing/index.ts'

test('gives the result of the work on a broker', async () => {
  const version = await withAmqpConnection(
    amqpUrl(),
    async ({ connection }) => connection.serverProperties.version,
  )
  assert.match(String(version), /^\d+\.\d+/)
})

test('cuts the connection when the broker does not answer its closing', async t => {
  const broker = await proxyTo(t, amqpUrl())
  assert.equal(
    await withAmqpConnection(broker.url, async () => {
      broker.mute()
      return 'done'
    }),
    'done',
  )
})
