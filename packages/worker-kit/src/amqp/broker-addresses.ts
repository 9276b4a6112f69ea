import type { Options } from 'amqplib'
import { WorkerKitError } from '../errors.ts'

/** Heartbeats tell of a broker that vanished without closing its connections. */
const HEARTBEAT_SECONDS = 10

/** An address in parts, as amqplib's `connect` takes it. */
export type BrokerAddress = Options.Connect

/** Reads the addresses of a broker's nodes.
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` for an empty list, or an address that is not `amqp://` or `amqps://` */
export function parseBrokerAddresses(urls: string | readonly string[]): [BrokerAddress, ...BrokerAddress[]] {
  const [first, ...others] = (typeof urls === 'string' ? [urls] : urls).map(parseBrokerAddress)
  if (!first) throw invalid('one address or several, got an empty list')
  return [first, ...others]
}

function parseBrokerAddress(url: string): BrokerAddress {
  const parsed = URL.parse(url)
  // Never show the address itself: it may contain a password.
  if (!parsed) throw invalid('amqp://user:password@host:port/virtual-host, got what is no address')
  const { protocol, hostname, port, username, password, pathname, searchParams } = parsed
  if (!/^amqps?:$/.test(protocol)) throw invalid(`amqp:// or amqps://, got ${protocol}//`)
  if (hostname === '') throw invalid('an address with a host, got one without')
  const integer = (name: string) => (searchParams.has(name) ? Number(searchParams.get(name)) : undefined)
  const isAnonymous = username === '' && password === ''
  return {
    protocol: protocol.slice(0, -1),
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? undefined : Number(port),
    username: isAnonymous ? undefined : decodeURIComponent(username),
    password: isAnonymous ? undefined : decodeURIComponent(password),
    // amqplib decodes it.
    vhost: pathname.slice(1) || undefined,
    locale: searchParams.get('locale') ?? undefined,
    frameMax: integer('frameMax'),
    channelMax: integer('channelMax'),
    heartbeat: integer('heartbeat') ?? HEARTBEAT_SECONDS,
  }
}

function invalid(wanted: string): WorkerKitError {
  return new WorkerKitError('ERR_INVALID_DEFINITION', `The broker's address: expected ${wanted}`)
}
