import type { ConnectionOptions } from 'node:tls'
import type { Options } from 'amqplib'
import {
  expectedGot,
  findFaults,
  integer,
  isFunction,
  isObject,
  isText,
  optional,
  refuseFaults,
  required,
  secret,
} from '../check-options.ts'
import { WorkerKitError } from '../errors.ts'
import { withTimeLimit } from '../time-limit.ts'

/** Heartbeats tell of a broker that vanished without closing its connections. */
const HEARTBEAT_SECONDS = 10

/** How long a function may take to give the addresses, in milliseconds. */
const ASK_TIMEOUT_MS = 10_000

/** The address of one node of a broker, in parts. */
export interface BrokerAddressParts {
  /** Name or IP address of the host. */
  hostname: string
  /** Integer from 1 to 65,535. @default 5672, with `tls` 5671 */
  port?: number
  /** @default 'guest', if there is no password either */
  username?: string
  /** @default 'guest', if there is no username either */
  password?: string
  /** Virtual host. @default '/' */
  vhost?: string
  /** TLS, with the options of Node's `tls.connect`, such as `ca`, `cert` and `key`; `true` for none of them.
   *  @default no TLS */
  tls?: true | ConnectionOptions
}

/** An `amqps://` address together with the options of its TLS: those of Node's `tls.connect`, such as `ca`. */
export interface BrokerUrl {
  url: string
  tls?: ConnectionOptions
}

/** `amqp://user:password@host:port/virtual-host`, `amqps://...`, or the same in parts. */
export type OneBrokerAddress = string | BrokerUrl | BrokerAddressParts

/** Of a cluster the addresses of its nodes: they are tried in turn. */
export type BrokerAddresses = OneBrokerAddress | readonly OneBrokerAddress[]

/** Addresses, or a function that gives them anew before every attempt to connect: for credentials that rotate. */
export type BrokerAddressSource = BrokerAddresses | (() => BrokerAddresses | Promise<BrokerAddresses>)

/** An address as amqplib takes it. */
export interface BrokerAddress extends Options.Connect {
  hostname: string
  /** Options of the socket. */
  tls?: ConnectionOptions
}

type AddressList = readonly [BrokerAddress, ...BrokerAddress[]]

/** Makes a function that gives the addresses for the next attempt to connect. It rejects with `ERR_CONNECT` when the
 *  source is a function that fails, or gives no address within 10 seconds.
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` when there is no address, or one is none of a broker's */
export function brokerAddresses(source: BrokerAddressSource): () => Promise<AddressList> {
  if (typeof source === 'function') return () => askForAddresses(source)
  const addresses = parseBrokerAddresses(source)
  return async () => addresses
}

async function askForAddresses(ask: () => BrokerAddresses | Promise<BrokerAddresses>): Promise<AddressList> {
  try {
    const given = await withTimeLimit(callAsync(ask), ASK_TIMEOUT_MS, () => {
      throw new Error(`it gave none within ${ASK_TIMEOUT_MS} ms`)
    })
    return parseBrokerAddresses(given)
  } catch (cause) {
    const { message } = cause as Error
    throw new WorkerKitError('ERR_CONNECT', `No address of RabbitMQ from its function: ${message}`, { cause })
  }
}

/** A function that throws is as good as one that rejects. */
async function callAsync<T>(ask: () => T | Promise<T>): Promise<T> {
  return ask()
}

/** @throws {WorkerKitError} `ERR_INVALID_DEFINITION` */
export function parseBrokerAddresses(given: BrokerAddresses): AddressList {
  refuseFaults("The broker's address", [brokerAddressFault(given) ?? []].flat())
  return listOf(given).map(parseAddress) as [BrokerAddress, ...BrokerAddress[]]
}

/** Rule for an option that takes a `BrokerAddressSource`. A value that may hold a password is not repeated. */
export function brokerAddressFault(value: unknown): string | undefined {
  if (isFunction(value)) return undefined
  if (Array.isArray(value) && value.length === 0) return 'expected one address or several, got an empty list'
  const faults = listOf(value).map(each => addressFault(each))
  return faults.find(fault => fault !== undefined)
}

/** As shown in errors: without user and password. */
export function showAddress({ hostname, port, protocol }: BrokerAddress): string {
  const host = hostname.includes(':') ? `[${hostname}]` : hostname
  return `${host}:${port ?? (protocol === 'amqps' ? 5671 : 5672)}`
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T]
}

const wanted = 'amqp://user:password@host:port/virtual-host or amqps://...'

function urlFault(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return expectedGot(wanted, value)
  const url = URL.parse(value)
  if (!url) return `expected ${wanted}, got what is no address`
  if (!/^amqps?:$/.test(url.protocol)) return `expected amqp:// or amqps://, got ${url.protocol}//`
  if (url.hostname === '') return 'expected an address with a host, got one without'
  const encoded = [url.username, url.password, url.pathname]
  return encoded.every(isDecodable) ? undefined : 'expected %25 for each % in user, password and virtual host'
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

function addressFault(value: unknown): string | undefined {
  if (!isObject(value)) return urlFault(value)
  const isString = (part: unknown) => typeof part === 'string'
  if ('url' in value) {
    const tls = secret("options of Node's tls.connect", isObject)
    return joined(findFaults(value, { url: urlFault, tls }))
  }
  const text = optional('a text', isString)
  const faults = findFaults(value, {
    hostname: required('the name of a host', isText),
    port: integer(1, 65_535),
    username: text,
    password: secret('a text', isString),
    vhost: text,
    tls: secret("true or options of Node's tls.connect", part => part === true || isObject(part)),
  })
  return joined(faults)
}

function joined(faults: string[]): string | undefined {
  return faults.length > 0 ? faults.join('; ') : undefined
}

function parseAddress(given: OneBrokerAddress): BrokerAddress {
  if (typeof given === 'string') return parseUrl(given)
  if ('url' in given) return { ...parseUrl(given.url), tls: given.tls }
  const { tls, vhost, ...parts } = given
  return {
    ...parts,
    protocol: tls ? 'amqps' : 'amqp',
    // amqplib decodes it.
    vhost: vhost && encodeURIComponent(vhost),
    heartbeat: HEARTBEAT_SECONDS,
    tls: tls === true ? undefined : tls,
  }
}

function parseUrl(url: string): BrokerAddress {
  const { protocol, hostname, port, username, password, pathname, searchParams } = new URL(url)
  const count = (name: string) => (searchParams.has(name) ? Number(searchParams.get(name)) : undefined)
  const isAnonymous = username === '' && password === ''
  return {
    protocol: protocol.slice(0, -1),
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? undefined : Number(port),
    username: isAnonymous ? undefined : decodeURIComponent(username),
    password: isAnonymous ? undefined : decodeURIComponent(password),
    // Still encoded: amqplib decodes it.
    vhost: pathname.slice(1) || undefined,
    locale: searchParams.get('locale') ?? undefined,
    frameMax: count('frameMax'),
    channelMax: count('channelMax'),
    heartbeat: count('heartbeat') ?? HEARTBEAT_SECONDS,
  }
}
