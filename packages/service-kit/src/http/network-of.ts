import { isIPv6 } from 'node:net'

/** The network that limits count for an address: an IPv4 address as it is; of an IPv6 address the /64 prefix, which
 *  belongs to one subscriber. */
export function networkOf(address: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (v4) return v4
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.toLowerCase().replace(/%.*/, '').split('::')
  const groups = head === '' ? [] : head.split(':')
  const shown = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array<string>(Math.max(0, 8 - groups.length - shown.length)).fill('0')
  return [...groups, ...zeros, ...shown]
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')
}

/** The network around an address, which somebody with many addresses has: /24 of IPv4, /48 of IPv6. */
export function wideNetworkOf(address: string): string {
  const network = networkOf(address)
  const v4 = /^\d+\.\d+\.\d+(?=\.\d+$)/.exec(network)?.[0]
  return v4 ?? network.split(':').slice(0, 3).join(':')
}
