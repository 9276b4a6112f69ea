import { type LookupAddress, lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress, type Networks } from '@jackalope/service-kit'

/** Whether a request may go to an address. */
export type AddressCheck = (address: string) => boolean

/** The error of a lookup whose name leads to an address that is not allowed. It does not tell the address: whoever registers
 *  webhooks must not learn of our network. */
export class AddressRefused extends Error {
  readonly code = 'ERR_ADDRESS_REFUSED'
  constructor() {
    super('The address is not allowed')
    this.name = new.target.name
  }
}

/** Gives which addresses a request may go to.
 *  @param protocol - `http:` goes to allowed networks only
 *  @param allowed - networks that the operator allows besides the public internet */
export function addressCheck(protocol: string, allowed: Networks | undefined): AddressCheck {
  const isAllowed = (address: string) => allowed?.(address) ?? false
  return address => isAllowed(address) || (protocol === 'https:' && isPublicAddress(address))
}

/** Resolves a name for a socket, which connects to nothing but the addresses that were checked here: a name that leads
 *  elsewhere a moment later changes nothing. One forbidden address among several refuses all. */
export function checkedLookup(isAllowed: AddressCheck): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const [first] = addresses ?? []
      if (error || !first) return done(error ?? new AddressRefused(), [])
      if (!addresses.every(({ address }) => isAllowed(address))) return done(new AddressRefused(), [])
      if (options.all) done(null, addresses)
      else done(null, first.address, first.family)
    })
  }
}

/** Refuses a host that is written as an address: sockets do not look it up.
 *  @param hostname - of a URL
 *  @throws {AddressRefused} */
export function checkLiteral(hostname: string, isAllowed: AddressCheck): void {
  const address = hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(address) && !isAllowed(address)) throw new AddressRefused()
}
