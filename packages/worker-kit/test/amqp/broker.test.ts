import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { Broker } from '../../src/amqp/broker.ts'
import { amqpUrl, redisUrl } from '../support/servers.ts'
import { setup } from '../support/setup.ts'
import { tcpProxy } from '../support/tcp-proxy.ts'

test('opens no connection after its last user is gone, and opens again for a new one', async () => {
  const broker = new Broker({ url: amqpUrl() })
  broker.retain()
  await broker.check()
  await broker.release()
  await assert.rejects(broker.publishing(), { code: 'ERR_CLOSED' })
  await assert.rejects(broker.consuming(), { code: 'ERR_CLOSED' })
  broker.retain()
  await broker.check()
  await broker.release()
})

test('a process ends by itself when it has closed its queue while the broker was away', async t => {
  const { prefix, name } = setup(t)
  const proxy = await tcpProxy(t, amqpUrl())
  const script = new URL('../support/closing-producer.ts', import.meta.url)
  const producer = fork(script, [proxy.url, redisUrl(), prefix, name])
  const exited = once(producer, 'exit', { signal: AbortSignal.timeout(20_000) })
  t.after(() => producer.kill('SIGKILL'))
  await once(producer, 'message')
  proxy.cut()
  producer.send('add')
  assert.deepEqual(await exited, [0, null])
})

test('a process ends by itself when it has disconnected its queue', async t => {
  const { prefix, name } = setup(t)
  const script = new URL('../support/disconnecting-producer.ts', import.meta.url)
  const producer = fork(script, [amqpUrl(), redisUrl(), prefix, name])
  t.after(() => producer.kill('SIGKILL'))
  assert.deepEqual(await once(producer, 'exit', { signal: AbortSignal.timeout(20_000) }), [0, null])
})
