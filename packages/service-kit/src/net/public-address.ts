import ipaddr from 'ipaddr.js'

/** Global unicast addresses of IPv6 (RFC 4291, section 2.4): IANA has assigned no others. */
const globalUnicast = ipaddr.parseCIDR('2000::/3')

/** Whether an address belongs to the public internet: not private, loopback, link-local, shared, reserved, multicast, nor one
 *  of IPv6 that may lead to any address of IPv4 (mapped, NAT64, 6to4, Teredo). What is no address is not public. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast)
}
