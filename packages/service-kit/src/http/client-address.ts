import { isIP } from 'node:net'
import type { Middleware } from 'koa'
import proxyAddr from 'proxy-addr'
import { type Networks, networks, networksOf } from '../config/networks.ts'

/** Whether an address belongs to a proxy of ours, whose `X-Forwarded-For` is believed. */
export type TrustedProxies = Networks

/** Proxies in front of the service: addresses, networks (CIDR), and the names loopback, linklocal and uniquelocal, which
 *  stand for the private networks, with commas between them. @default none */
export const trustedProxies = networks

/** @throws {TypeError} for what is no address, network or name */
export const trustProxies: (entries: string[]) => TrustedProxies = networksOf

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
