import { isIP } from 'node:net'
import type { Middleware } from 'koa'
import proxyAddr from 'proxy-addr'
import { textValue } from '../config/text-value.ts'

/** Whether an address belongs to a proxy of ours, whose `X-Forwarded-For` is believed. */
export type TrustedProxies = (address: string) => boolean

const expected =
  'addresses, networks such as 10.0.0.0/8, or the names loopback, linklocal, uniquelocal, with commas between them'

const names = new Set(['loopback', 'linklocal', 'uniquelocal'])

/** Proxies in front of the service: addresses, networks (CIDR), and the names loopback, linklocal and uniquelocal, which
 *  stand for the private networks, with commas between them. @default none */
export function trustedProxies() {
  return textValue(expected, text => {
    const entries = text.split(',').map(entry => entry.trim())
    try {
      // proxy-addr takes `2` for 0.0.0.2.
      if (!entries.every(entry => names.has(entry) || isIP(entry.replace(/\/\d+$/, '')))) throw new Error()
      return trustProxies(entries)
    } catch {
      throw new Error(`expected ${expected}, got ${JSON.stringify(text)}`)
    }
  })
}

/** @throws {TypeError} for what is no address, network or name */
export function trustProxies(entries: string[]): TrustedProxies {
  const isTrusted = proxyAddr.compile(entries)
  return address => isTrusted(address, 0)
}

/** Finds the client's address: that of the connection, or what the outermost trusted proxy says in `X-Forwarded-For`. It
 *  is in `ctx.state.clientAddress` and `ctx.ip`. Other forwarded headers are ignored. */
export function clientAddress(isTrusted?: TrustedProxies): Middleware {
  return (ctx, next) => {
    const claimed = withoutPort((isTrusted && proxyAddr(ctx.req, isTrusted)) ?? '')
    const address = withoutMapping(isIP(claimed) ? claimed : ctx.ip)
    ctx.state.clientAddress = address
    ctx.request.ip = address
    return next()
  }
}

/** Some proxies write `192.0.2.1:4711` or `[2001:db8::1]:4711`. */
function withoutPort(text: string): string {
  const [, v6, v4] = /^(?:\[([^\]]*)\]|([\d.]+))(?::\d+)?$/.exec(text) ?? []
  return v6 ?? v4 ?? text
}

/** An IPv4 address on a socket that takes both kinds is written `::ffff:192.0.2.1`. */
function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}
