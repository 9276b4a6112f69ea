import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { readConfig, trustedProxies, trustProxies } from '../../src/index.ts'
import { setup } from './setup.ts'

const routes = [
  (ctx: import('koa').Context) => {
    ctx.body = `${ctx.state.clientAddress} ${ctx.ip} ${ctx.protocol} ${ctx.host}`
  },
]
const forwarded = {
  'X-Forwarded-For': '6.6.6.6, 203.0.113.7, 10.0.0.1',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Host': 'evil.example',
}

test('the address of a client is that of the connection, whatever it says', async t => {
  const { server, get } = await setup(t, routes)
  const here = `127.0.0.1 127.0.0.1 http ${new URL(server.url).host}`
  assert.equal(await (await get('/', { headers: forwarded })).text(), here)
})

test('trusted proxies tell the address; what comes before them proves nothing', async t => {
  const { get } = await setup(t, routes, { isTrustedProxy: trustProxies(['loopback', '10.0.0.0/8']) })
  const ask = async (header: string) =>
    (await (await get('/', { headers: { 'X-Forwarded-For': header } })).text()).split(' ')[0]
  assert.equal(await ask('6.6.6.6, 203.0.113.7, 10.0.0.1'), '203.0.113.7')
  assert.equal(await ask('203.0.113.7:4711'), '203.0.113.7')
  assert.equal(await ask('[2001:db8::1]:4711'), '2001:db8::1')
  assert.equal(await ask('::ffff:203.0.113.7'), '203.0.113.7')
  assert.equal(await ask('unknown'), '127.0.0.1')
  const text = await (await get('/', { headers: forwarded })).text()
  assert.match(text, / http 127\.0\.0\.1:/)
})

test('TRUSTED_PROXIES is a list, and a typo is a fault', () => {
  const schema = z.object({ TRUSTED_PROXIES: trustedProxies().optional() })
  const read = (text: string) => readConfig(schema, { TRUSTED_PROXIES: text }).TRUSTED_PROXIES
  const isTrusted = read('loopback, 192.0.2.0/24,2001:db8::/32')
  for (const address of ['127.0.0.1', '::1', '192.0.2.77', '::ffff:192.0.2.77', '2001:db8::5'])
    assert.equal(isTrusted?.(address), true, address)
  for (const address of ['192.0.3.1', '10.0.0.1', 'unknown', ''])
    assert.equal(isTrusted?.(address), false, address)
  for (const text of ['2', 'lopback', '10.0.0.0/33', '10.0.0.0/8,,::1', '0x7f.1'])
    assert.throws(() => read(text), /TRUSTED_PROXIES: expected addresses, networks/, text)
})
