import { networkOf } from '@jackalope/service-kit'

/** The network around an address, which somebody with many addresses has: /24 of IPv4, /48 of IPv6. */
export function wideNetworkOf(address: string): string {
  const network = networkOf(address)
  const v4 = /^\d+\.\d+\.\d+(?=\.\d+$)/.exec(network)?.[0]
  return v4 ?? network.split(':').slice(0, 3).join(':')
}
