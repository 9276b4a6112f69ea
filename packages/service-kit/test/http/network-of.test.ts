import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { wideNetworkOf } from '../../src/http/network-of.ts'

describe('wideNetworkOf', () => {
  it('takes the /24 of an IPv4 address and the /48 of an IPv6 address, however it is written', () => {
    assert.equal(wideNetworkOf('192.0.2.1'), '192.0.2')
    assert.equal(wideNetworkOf('::ffff:192.0.2.1'), '192.0.2')
    assert.equal(wideNetworkOf('2001:db8:7:1::1'), '2001:db8:7')
    assert.equal(wideNetworkOf('2001:0DB8:7::'), '2001:db8:7')
    assert.equal(wideNetworkOf('::1'), '0:0:0')
    assert.equal(wideNetworkOf('unknown'), 'unknown')
  })
})
