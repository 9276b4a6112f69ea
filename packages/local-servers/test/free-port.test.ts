import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { findFreePort, isPortFree } from '../src/index.ts'
import { onEnd } from '../src/testing/index.ts'

test('hands out ports below the range of outgoing connections, none twice', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, () => findFreePort()))
  const range = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'latin1')
  const firstEphemeral = Number(range.split(/\s+/)[0])
  assert.equal(new Set(ports).size, ports.length)
  assert.ok(
    ports.every(port => port < firstEphemeral),
    `${ports} are below ${firstEphemeral}`,
  )
})

for (const host of ['127.0.0.1', '0.0.0.0'])
  test(`sees that a port is taken by a listener on ${host}`, async t => {
    const server = createServer().listen(0, host)
    await once(server, 'listening')
    onEnd(t, () => server.close())
    assert.equal(await isPortFree((server.address() as AddressInfo).port), false)
  })
