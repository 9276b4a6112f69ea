import { isIP } from 'node:net'
import proxyAddr from 'proxy-addr'
import { textValue } from './text-value.ts'

/** Whether an address belongs to one of some networks. */
export type Networks = (address: string) => boolean

const expected =
  'addresses, networks such as 10.0.0.0/8, or the names loopback, linklocal, uniquelocal, with commas between them'

const names = new Set(['loopback', 'linklocal', 'uniquelocal'])

/** Addresses, networks (CIDR), and the names loopback, linklocal and uniquelocal, which stand for the private networks, with
 *  commas between them. */
export function networks() {
  return textValue(expected, text => {
    const entries = text.split(',').map(entry => entry.trim())
    try {
      // proxy-addr takes `2` for 0.0.0.2.
      if (!entries.every(entry => names.has(entry) || isIP(entry.replace(/\/\d+$/, '')))) throw new Error()
      return networksOf(entries)
    } catch {
      throw new Error(`expected ${expected}, got ${JSON.stringify(text)}`)
    }
  })
}

/** @throws {TypeError} for what is no address, network or name */
export function networksOf(entries: string[]): Networks {
  const isIn = proxyAddr.compile(entries)
  return address => isIn(address, 0)
}
